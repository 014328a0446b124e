// A track as central sends it (columns of differences) turned into points, and what the replay asks of it.
import type { Segment, Track } from '../api/types'
import { mix, project, type Point } from './geo'

export interface TrackPoint {
    ms: number
    at: Point
    lat: number
    lon: number
    speed: number | null // m/s
    course: number | null
}
export interface TrackLine {
    late: boolean
    points: TrackPoint[]
}
export interface Hole {
    fromMs: number
    toMs: number
    reason: Track['gaps'][number]['reason']
    from: Point | null // last place before, first after; null when there is none
    to: Point | null
}
export interface DecodedTrack {
    fromMs: number
    toMs: number
    lines: TrackLine[]
    holes: Hole[]
}

export function decodeTrack(track: Track): DecodedTrack {
    const lines = track.segments.map(decodeSegment).filter((line) => line.points.length > 0)
    const points = lines.flatMap((line) => line.points)
    const holes = track.gaps.map((gap): Hole => {
        const before = points.findLast((point) => point.ms <= gap.from_ms)
        const after = points.find((point) => point.ms >= gap.to_ms)
        return { fromMs: gap.from_ms, toMs: gap.to_ms, reason: gap.reason, from: before?.at ?? null, to: after?.at ?? null }
    })
    const first = points[0]?.ms ?? track.from_ms
    const last = points.at(-1)?.ms ?? track.to_ms
    return { fromMs: first, toMs: Math.max(first, last), lines, holes }
}

function decodeSegment(segment: Segment): TrackLine {
    let ms = 0
    let lat = 0
    let lon = 0
    const points = segment.t_ms.map((step, i): TrackPoint => {
        ms += step
        lat += segment.lat_e6[i] ?? 0
        lon += segment.lon_e6[i] ?? 0
        const speed = segment.speed_cms[i] ?? -1
        const course = segment.course[i] ?? -1
        const [latitude, longitude] = [lat / 1e6, lon / 1e6]
        return {
            ms,
            at: project(latitude, longitude),
            lat: latitude,
            lon: longitude,
            speed: speed < 0 ? null : speed / 100,
            course: course < 0 ? null : course,
        }
    })
    return { late: segment.late, points }
}

export interface Moment {
    at: Point | null
    point: TrackPoint | null // the recorded point the moment stands on or after
    hole: Hole | null
    late: boolean
}

/** What was known of the courier at `ms`: between two points of a line the way is interpolated, in a hole it is not. */
export function momentAt(track: DecodedTrack, ms: number): Moment {
    const line = track.lines.findLast((candidate) => (candidate.points[0]?.ms ?? Infinity) <= ms)
    const hole = track.holes.find((candidate) => candidate.fromMs <= ms && ms < candidate.toMs) ?? null
    if (!line) return { at: null, point: null, hole, late: false }
    const index = lastAtOrBefore(line.points, ms)
    const point = line.points[index] as TrackPoint
    const next = line.points[index + 1]
    const at = next && !hole ? mix(point.at, next.at, (ms - point.ms) / Math.max(1, next.ms - point.ms)) : point.at
    return { at, point, hole, late: line.late }
}

function lastAtOrBefore(points: TrackPoint[], ms: number): number {
    let low = 0
    let high = points.length - 1
    while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((points[middle] as TrackPoint).ms <= ms) low = middle
        else high = middle - 1
    }
    return low
}

/** Length of the recorded way in metres on the ground (holes not counted). */
export function trackMetres(track: DecodedTrack, metres: (a: TrackPoint, b: TrackPoint) => number): number {
    let sum = 0
    for (const { points } of track.lines)
        for (let i = 1; i < points.length; i++) sum += metres(points[i - 1] as TrackPoint, points[i] as TrackPoint)
    return sum
}
