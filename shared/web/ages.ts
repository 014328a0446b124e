// How old something is, in the largest unit that still says something. Pure; both web projects.

export type AgeUnit = 'second' | 'minute' | 'hour' | 'day'
export interface Age {
    value: number
    unit: AgeUnit
}

const steps: [AgeUnit, number, number][] = [
    ['second', 1_000, 90],
    ['minute', 60_000, 90],
    ['hour', 3_600_000, 36],
    ['day', 86_400_000, Infinity],
]

/** Age of `ms` milliseconds; negative ages (clocks differ) count as zero. 0–89 s, 1–89 min, 1–35 h, then days. */
export function ageOf(ms: number): Age {
    const age = Math.max(0, ms)
    for (const [unit, size, limit] of steps) {
        const value = Math.floor(age / size)
        if (value < limit) return { value, unit }
    }
    return { value: Math.floor(age / 86_400_000), unit: 'day' }
}

/** Duration as H:MM:SS or M:SS. */
export function clockOf(ms: number): string {
    const total = Math.max(0, Math.floor(ms / 1000))
    const two = (n: number) => String(n).padStart(2, '0')
    const hours = Math.floor(total / 3600)
    const minutes = Math.floor(total / 60) % 60
    return hours > 0 ? `${hours}:${two(minutes)}:${two(total % 60)}` : `${minutes}:${two(total % 60)}`
}
