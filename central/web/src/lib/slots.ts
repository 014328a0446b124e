// The slot of a delivery as day and two times of the local clock. Pure.
import type { Slot } from '../api/types'

export interface SlotFields {
    day: string // YYYY-MM-DD
    from: string // HH:MM
    to: string
}

export const noSlot: SlotFields = { day: '', from: '', to: '' }
export const presets: readonly (readonly [from: string, to: string])[] = [
    ['10:00', '14:00'],
    ['14:00', '18:00'],
    ['18:00', '22:00'],
]

const two = (n: number) => String(n).padStart(2, '0')

export function dayOf(ms: number): string {
    const date = new Date(ms)
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function timeOf(ms: number): string {
    const date = new Date(ms)
    return `${two(date.getHours())}:${two(date.getMinutes())}`
}

export const fieldsOfSlot = (slot: Slot | null): SlotFields =>
    slot ? { day: dayOf(slot.from_ms), from: timeOf(slot.from_ms), to: timeOf(slot.to_ms) } : noSlot

export const isNoSlot = ({ day, from, to }: SlotFields): boolean => !day && !from && !to

/** Null when it is no slot: something is missing, or the end is not after the beginning. */
export function slotOf({ day, from, to }: SlotFields): Slot | null {
    const at = (time: string) => (/^\d{4}-\d\d-\d\d$/.test(day) && /^\d\d:\d\d/.test(time) ? new Date(`${day}T${time}`).getTime() : NaN)
    const slot = { from_ms: at(from), to_ms: at(to) }
    return slot.to_ms > slot.from_ms ? slot : null
}

/** A preset on the day chosen; without one today, or tomorrow when it is over for today. */
export function presetSlot([from, to]: readonly [string, string], day: string, nowMs: number): SlotFields {
    if (day) return { day, from, to }
    const today = { day: dayOf(nowMs), from, to }
    const isOver = (slotOf(today)?.to_ms ?? 0) <= nowMs
    return isOver ? { ...today, day: dayOf(nowMs + 24 * 3_600_000) } : today
}
