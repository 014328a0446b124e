// What this page alone knows of a stop until it is done: how often the courier called, and the money he took. Pure.
import type { MoneyWay, Task } from '../api/types'

export interface StopNote {
    calls: number
    atMs: number // of the newest change
    paid: { minor: number; currency: string; way: MoneyWay } | null
}
export type StopNotes = Record<string, StopNote>

export const noNote: StopNote = { calls: 0, atMs: 0, paid: null }

export function changed(notes: StopNotes, order: string, change: Partial<StopNote>): StopNotes {
    return { ...notes, [order]: { ...noNote, ...notes[order], ...change } }
}

const keptForMs = 36 * 3_600_000

/** Notes of orders on the list, and younger ones: a list that is empty for a moment must not ask for money twice. */
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

/** Still to be taken; null: nothing, or taken already. A sum that was changed since then is asked for anew. */
export function dueOf(task: Pick<Task, 'due'>, note: StopNote): Task['due'] {
    if (!task.due) return null
    const isPaid = note.paid?.currency === task.due.currency && note.paid.minor >= task.due.minor
    return isPaid ? null : task.due
}
