// What this page alone knows of a stop until it is done: how often the courier called. Pure.
import type { Task } from '../api/types'

export interface StopNote {
    calls: number
    atMs: number // of the newest change
}
export type StopNotes = Record<string, StopNote>

export const noNote: StopNote = { calls: 0, atMs: 0 }

export function changed(notes: StopNotes, order: string, change: Partial<StopNote>): StopNotes {
    return { ...notes, [order]: { ...noNote, ...notes[order], ...change } }
}

const keptForMs = 36 * 3_600_000

/** Notes of orders on the list, and younger ones: the list may be empty for a moment. */
export function kept(notes: StopNotes, tasks: Pick<Task, 'order'>[], nowMs: number): StopNotes {
    const orders = new Set(tasks.map(({ order }) => order))
    return Object.fromEntries(Object.entries(notes).filter(([order, { atMs }]) => orders.has(order) || nowMs - (atMs ?? 0) < keptForMs))
}

export function read(text: string | null): StopNotes {
    try {
        const notes: unknown = JSON.parse(text ?? '{}')
        return typeof notes === 'object' && notes !== null && !Array.isArray(notes) ? (notes as StopNotes) : {}
    } catch {
        return {}
    }
}
