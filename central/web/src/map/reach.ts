// How far a silent courier may have got: the accuracy of his last fix plus age × a plausible speed, capped. The circle
// grows and fades, because the longer the silence the less it says.

export interface Reach {
    metres: number
    strength: number // 1 fresh … 0.25 when the circle has reached its cap
    capped: boolean
}

const walking = 1.5 // m/s
const riding = 4.5 // m/s, a bicycle in town
const cityLimit = 16.7 // m/s, 60 km/h
const freshMs = 20_000
export const reachCap = 3_000 // metres

/** Speed in m/s he may keep up, from the last one seen: a standing courier may walk off, a moving one may speed up. */
export function plausibleSpeed(lastSpeed: number | null): number {
    if (lastSpeed === null) return riding
    if (lastSpeed < 0.7) return walking
    return Math.min(cityLimit, Math.max(riding, lastSpeed * 1.3))
}

/** Nothing while the fix is fresh (20 s). */
export function reachOf(ageMs: number, lastSpeed: number | null, accuracy: number | null): Reach | null {
    if (ageMs <= freshMs) return null
    const free = (accuracy ?? 15) + (ageMs / 1000) * plausibleSpeed(lastSpeed)
    const metres = Math.min(reachCap, free)
    return { metres, strength: 1 - 0.75 * (metres / reachCap), capped: free >= reachCap }
}

/** For a person: two significant digits, as nobody knows better. */
export function roundReach(metres: number): number {
    const step = 10 ** Math.max(1, Math.floor(Math.log10(Math.max(1, metres))) - 1)
    return Math.ceil(metres / step) * step
}
