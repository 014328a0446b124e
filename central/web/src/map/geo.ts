// Plain geometry on the web mercator plane (metres at the equator) and on the sphere. No map library.

export type Point = readonly [x: number, y: number]

const earth = 6_378_137
const radians = Math.PI / 180

export function project(lat: number, lon: number): Point {
    const clamped = Math.max(-85.06, Math.min(85.06, lat))
    return [earth * lon * radians, earth * Math.log(Math.tan(Math.PI / 4 + (clamped * radians) / 2))]
}

export function unproject([x, y]: Point): { lat: number; lon: number } {
    return { lat: (2 * Math.atan(Math.exp(y / earth)) - Math.PI / 2) / radians, lon: x / earth / radians }
}

/** Mercator units that one metre on the ground takes at this latitude. */
export function stretch(lat: number): number {
    return 1 / Math.cos(lat * radians)
}

/** Great-circle distance in metres. */
export function metres(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
    const dLat = (b.lat - a.lat) * radians
    const dLon = (b.lon - a.lon) * radians
    const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * Math.sin(dLon / 2) ** 2
    return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(h)))
}

export function mix(a: Point, b: Point, share: number): Point {
    return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}
