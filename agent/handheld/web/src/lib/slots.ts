// How a promised time stands against now. Pure.

export type SlotState = { is: 'none' } | { is: 'later' } | { is: 'soon' | 'late'; minutes: number }

const soonWithin = 60 // minutes to its end

export function slotState(slot: { from_ms: number | null; to_ms: number | null }, nowMs: number): SlotState {
    if (slot.to_ms === null) return { is: 'none' }
    const left = (slot.to_ms - nowMs) / 60_000
    if (left < 0) return { is: 'late', minutes: Math.max(1, Math.floor(-left)) }
    if (left <= soonWithin) return { is: 'soon', minutes: Math.floor(left) }
    return { is: 'later' }
}
