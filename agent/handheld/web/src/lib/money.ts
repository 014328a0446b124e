// What is still to be taken at the door. Pure.
import type { Money, Task } from '../api/types'

/** null: nothing, or all of it was taken. Of a sum that was raised since, the rest. */
export function dueOf({ due, paid }: Pick<Task, 'due' | 'paid'>): Money | null {
    const minor = (due?.minor ?? 0) - (paid?.minor ?? 0)
    return due && minor > 0 ? { minor, currency: due.currency } : null
}
