// Places on the map: the world as a square of side 1, x from west to east, y from north to south (Web Mercator). Pure.
import type { Place } from '../api/types'

export interface Point {
    x: number
    y: number
}

const radians = Math.PI / 180
const earthM = 6_371_008.8

export function pointOf({ lat, lon }: Place): Point {
    const sine = Math.sin(Math.max(-85, Math.min(85, lat)) * radians)
    return { x: lon / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) }
}

export function distanceM(a: Place, b: Place): number {
    const half = (degrees: number) => Math.sin((degrees * radians) / 2) ** 2
    const h = half(b.lat - a.lat) + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * half(b.lon - a.lon)
    return 2 * earthM * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Degrees from north, clockwise: 0 … 360. */
export function bearing(from: Place, to: Place): number {
    const [a, b, turn] = [from.lat * radians, to.lat * radians, (to.lon - from.lon) * radians]
    const east = Math.sin(turn) * Math.cos(b)
    const north = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(turn)
    return (Math.atan2(east, north) / radians + 360) % 360
}

export const sides = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const
export const sideOf = (degrees: number) => sides[Math.round(degrees / 45) % 8] ?? 'n'
