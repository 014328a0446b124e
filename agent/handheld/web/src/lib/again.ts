// When a recipient wants the next attempt: a day of the week ahead and a part of it, in the time of this device. Pure.
import type { Again } from '../api/types'

/** Midnights of today and the days after it; of today only while a part of it is left. */
export function againDays(nowMs: number): number[] {
    const days = Array.from({ length: 7 }, (_, n) => {
        const date = new Date(nowMs)
        return new Date(date.getFullYear(), date.getMonth(), date.getDate() + n).getTime()
    })
    return againParts.some((part) => againAt(days[0] ?? 0, part).to_ms > nowMs) ? days : days.slice(1)
}

/** Hours of the day, from and to; the last one is the whole of it. */
export const againParts = [
    [9, 12],
    [12, 15],
    [15, 18],
    [18, 21],
    [9, 21],
] as const
export type AgainPart = (typeof againParts)[number]

export function againAt(dayMs: number, [from, to]: AgainPart): Again {
    const at = (hour: number) => new Date(dayMs).setHours(hour, 0, 0, 0)
    return { from_ms: at(from), to_ms: at(to) }
}

/** Whether a part of that day can still be promised. */
export const isAhead = (dayMs: number, part: AgainPart, nowMs: number) => againAt(dayMs, part).to_ms > nowMs
