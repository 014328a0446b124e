// What the card of the selected courier shows: his card, his newest facts, and the last part of his way. Kept fresh by
// the live feed: new facts come at once, late track makes the way load again.
import { api, body } from '../../api/client'
import type { CourierCard, FieldEvent, Records } from '../../api/types'
import type { CourierNow } from '../../lib/couriers'
import { project } from '../../map/geo'
import { decodeTrack, type DecodedTrack, type Hole, type TrackLine, type TrackPoint } from '../../map/track'
import { live } from '../../state/live.svelte'

const tailMs = 45 * 60_000
const refreshMs = 30_000
const unbrokenMs = 15_000 // live places further apart are not joined by a line

export class CardData {
    card = $state.raw<CourierCard | null>(null)
    events = $state.raw<FieldEvent[] | null>(null)
    records = $state.raw<Records | null>(null)
    error = $state.raw<unknown>(null)
    tail = $state.raw<DecodedTrack | null>(null)
    newest = $state<string | null>(null) // id of the fact that came while the card was open

    private recorded: DecodedTrack | null = null
    private seen: TrackPoint[] = [] // live places that the recorded track does not hold yet
    private timer: ReturnType<typeof setInterval>
    private soon: ReturnType<typeof setTimeout> | undefined
    private closed = false

    constructor(readonly id: string) {
        live.pin(id, {
            event: (event) => this.tookPlace(event),
            filled: (_from, _to, records) => this.filled(records),
        })
        void this.load()
        this.timer = setInterval(() => void this.refresh(), refreshMs)
    }

    close(): void {
        this.closed = true
        clearInterval(this.timer)
        clearTimeout(this.soon)
        live.pin(null, null)
    }

    async load(): Promise<void> {
        const path = { id: this.id }
        try {
            const [card, events] = await Promise.all([
                body(api.GET('/api/v1/couriers/{id}', { params: { path } })),
                body(api.GET('/api/v1/couriers/{id}/events', { params: { path, query: { limit: 30 } } })),
            ])
            this.setCard(card as CourierCard) // openapi-fetch forgets tuples
            this.events = events.items
            this.error = null
            await this.loadTail()
        } catch (error) {
            this.error = error
        }
    }

    /** Takes the place the live feed shows now, as the end of the way. */
    saw(courier: CourierNow): void {
        const { fixMs, lat, lon, speed, course } = courier
        if (fixMs === null || lat === null || lon === null || fixMs <= (this.seen.at(-1)?.ms ?? 0)) return
        this.seen.push({ ms: fixMs, at: project(lat, lon), lat, lon, speed, course })
        this.join()
    }

    private async refresh(): Promise<void> {
        try {
            this.setCard((await body(api.GET('/api/v1/couriers/{id}', { params: { path: { id: this.id } } }))) as CourierCard)
            await this.loadTail()
        } catch {
            // the banner tells of a lost connection; the card keeps what it has, with its age
        }
    }

    private setCard(card: CourierCard): void {
        this.card = card
        this.records = card.records
    }

    private async loadTail(): Promise<void> {
        const to = live.now()
        const query = { from_ms: Math.floor(to - tailMs), to_ms: Math.ceil(to) }
        const track = await body(api.GET('/api/v1/couriers/{id}/track', { params: { path: { id: this.id }, query } }))
        if (this.closed) return
        this.recorded = decodeTrack(track)
        this.join()
    }

    private tookPlace(event: FieldEvent): void {
        const known = this.events ?? []
        if (known.some(({ id }) => id === event.id)) return
        this.events = [event, ...known].sort((a, b) => b.act_ms - a.act_ms)
        this.newest = event.id
    }

    private filled(records: Records): void {
        this.records = records
        clearTimeout(this.soon)
        this.soon = setTimeout(() => void this.refresh(), 300)
    }

    private join(): void {
        const last = this.recorded?.lines.at(-1)?.points.at(-1)
        if (last) this.seen = this.seen.filter((point) => point.ms > last.ms)
        const { lines, holes } = splitAtSilence(last ? [last, ...this.seen] : this.seen)
        const recorded = this.recorded ?? { fromMs: 0, toMs: 0, lines: [], holes: [] }
        const toMs = this.seen.at(-1)?.ms ?? recorded.toMs
        this.tail = { ...recorded, toMs, lines: [...recorded.lines, ...lines], holes: [...recorded.holes, ...holes] }
    }
}

function splitAtSilence(points: TrackPoint[]): { lines: TrackLine[]; holes: Hole[] } {
    const lines: TrackLine[] = []
    const holes: Hole[] = []
    let last: TrackPoint | null = null
    for (const point of points) {
        if (last && point.ms - last.ms <= unbrokenMs) lines.at(-1)?.points.push(point)
        else lines.push({ late: false, points: [point] })
        if (last && point.ms - last.ms > unbrokenMs)
            holes.push({ fromMs: last.ms, toMs: point.ms, reason: 'waiting', from: last.at, to: point.at })
        last = point
    }
    return { lines, holes }
}
