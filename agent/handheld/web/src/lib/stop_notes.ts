// What this page alone knows of a stop until it is done: how often the courier called, and the money he took. Pure.
import type { MoneyWay, Task } from '../api/types'

export interface StopNote {
    calls: number
    paid: { minor: number; currency: string; way: MoneyWay } | null
}
export type StopNotes = Record<string, StopNote>

export const noNote: StopNote = { calls: 0, paid: null }

export function changed(notes: StopNotes, order: string, change: Partial<StopNote>): StopNotes {
    return { ...notes, [order]: { ...noNote, ...notes[order], ...change } }
}

/** Notes of orders that are still on the list. */
export function kept(notes: StopNotes, tasks: Pick<Task, 'order'>[]): StopNotes {
    const orders = new Set(tasks.map(({ order }) => order))
    return Object.fromEntries(Object.entries(notes).filter(([order]) => orders.has(order)))
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
