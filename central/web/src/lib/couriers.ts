// A courier as the map and the list show him, his order in the list, and the filter. Pure.
import { matches } from '@shared/folding'
import type { LiveCourier, LiveRow, LiveState } from '../api/types'

export const states = ['offline', 'silent', 'moving', 'standing', 'on_break', 'off_shift'] as const satisfies readonly LiveState[]

export interface CourierNow extends LiveCourier {
    state: LiveState
    lat: number | null
    lon: number | null
    course: number | null
    speed: number | null
    accuracy: number | null
    fixMs: number | null
    receivedMs: number | null
}

export function newCourier(info: LiveCourier): CourierNow {
    const unknown = { lat: null, lon: null, course: null, speed: null, accuracy: null, fixMs: null, receivedMs: null }
    return { ...info, ...unknown, state: 'off_shift' }
}

/** Takes over a row; an older fix changes the state but not the place. */
export function applyRow(courier: CourierNow, row: LiveRow): CourierNow {
    const [, lat, lon, course, speed, fixMs, receivedMs, state, accuracy] = row
    if (fixMs === null || lat === null || lon === null)
        return state === 'off_shift' ? { ...newCourier(courier), state } : { ...courier, state }
    if (courier.fixMs !== null && fixMs < courier.fixMs) return { ...courier, state }
    return { ...courier, state, lat, lon, course, speed, accuracy, fixMs, receivedMs }
}

const names = new Intl.Collator('ru') // localeCompare makes one per call

/** Problems first, the longest silence on top; the others by name, so that rows do not dance. */
export function byUrgency(a: CourierNow, b: CourierNow): number {
    const group = states.indexOf(a.state) - states.indexOf(b.state)
    if (group !== 0) return group
    if (isProblem(a.state) && a.fixMs !== b.fixMs) return (a.fixMs ?? 0) - (b.fixMs ?? 0)
    return names.compare(a.name, b.name) || (a.code < b.code ? -1 : 1)
}

export function isProblem(state: LiveState): boolean {
    return state === 'offline' || state === 'silent'
}

export interface CourierFilter {
    text: string
    states: readonly LiveState[] // none = all
}

export function isShown(courier: CourierNow, filter: CourierFilter): boolean {
    if (filter.states.length > 0 && !filter.states.includes(courier.state)) return false
    return filter.text === '' || matches(`${courier.name} ${courier.code} ${courier.phone ?? ''} ${courier.site ?? ''}`, filter.text)
}

export function countStates(couriers: Iterable<CourierNow>): Record<LiveState, number> {
    const counts: Record<LiveState, number> = { moving: 0, standing: 0, silent: 0, offline: 0, on_break: 0, off_shift: 0 }
    for (const courier of couriers) counts[courier.state]++
    return counts
}
