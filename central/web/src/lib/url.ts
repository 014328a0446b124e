// What the console keeps in the URL: room, filters, selection, viewport, replay. Pure; the router puts it there.

export type Query = Record<string, string>

export interface Route {
    path: string
    query: Query
}

export function parseRoute(pathname: string, search: string): Route {
    const path = '/' + pathname.split('/').filter(Boolean).join('/')
    const named = [...new URLSearchParams(search)].filter(([, value]) => value !== '')
    return { path, query: Object.fromEntries(named) }
}

/** Empty members are left out and the order is fixed, so that equal states give equal links. */
export function formatRoute({ path, query }: Route): string {
    const pairs = Object.entries(query).filter(([, value]) => value !== '')
    pairs.sort(([a], [b]) => (a < b ? -1 : 1))
    const search = pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encode(value)}`).join('&')
    return search ? `${path}?${search}` : path
}

function encode(value: string): string {
    return encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%20', '+')
}

/** `moving,offline` → the known ones of them, in the order of `known`. */
export function listOf<T extends string>(text: string | undefined, known: readonly T[]): T[] {
    const named = new Set((text ?? '').split(','))
    return known.filter((item) => named.has(item))
}

export interface Viewport {
    lat: number
    lon: number
    zoom: number
}

export function parseViewport(text: string | undefined): Viewport | null {
    const [lat, lon, zoom] = (text ?? '').split(',').map(Number)
    if (lat === undefined || lon === undefined || zoom === undefined) return null
    const sane = Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= 20
    return sane ? { lat, lon, zoom } : null
}

export function formatViewport({ lat, lon, zoom }: Viewport): string {
    return `${lat.toFixed(5)},${lon.toFixed(5)},${Number(zoom.toFixed(2))}`
}

export interface Span {
    fromMs: number
    toMs: number
}

/** `from-to` in Unix seconds; at most 48 hours, as central answers no more. */
export function parseSpan(text: string | undefined): Span | null {
    const match = /^(\d{9,11})-(\d{9,11})$/.exec(text ?? '')
    if (!match) return null
    const span = { fromMs: Number(match[1]) * 1000, toMs: Number(match[2]) * 1000 }
    const length = span.toMs - span.fromMs
    return length > 0 && length <= 48 * 3_600_000 ? span : null
}

export function formatSpan({ fromMs, toMs }: Span): string {
    return `${Math.floor(fromMs / 1000)}-${Math.ceil(toMs / 1000)}`
}
