// Replay of a track: the moment on the slider, playing at 1–60 × real time. Owned by the map room while a replay is open.
import { api, body } from '../../api/client'
import type { FieldEvent, Records } from '../../api/types'
import type { Span } from '../../lib/url'
import { decodeTrack, momentAt, type DecodedTrack, type Moment } from '../../map/track'

export const speeds = [1, 4, 15, 60] as const

// A handheld tells its way minute by minute: what is asked for right away may still be on its way.
const awaitedMs = 5 * 60_000
const askAgainMs = 5_000

export class Replay {
    track = $state.raw<DecodedTrack | null>(null)
    records = $state.raw<Records | null>(null)
    events = $state.raw<FieldEvent[]>([])
    error = $state.raw<unknown>(null)
    ms = $state(0)
    playing = $state(false)
    speed = $state<(typeof speeds)[number]>(15)
    moment = $derived<Moment | null>(this.track ? momentAt(this.track, this.ms) : null)

    private frame = 0
    private lastFrameMs = 0
    private closed = false
    private again: ReturnType<typeof setTimeout> | undefined

    constructor(
        readonly courier: string,
        readonly span: Span,
        private startAt: number | null,
    ) {
        this.ms = startAt ?? span.fromMs
        void this.load()
    }

    async load(): Promise<void> {
        this.error = null
        try {
            const path = { id: this.courier }
            const query = { from_ms: this.span.fromMs, to_ms: this.span.toMs }
            const [track, events] = await Promise.all([
                body(api.GET('/api/v1/couriers/{id}/track', { params: { path, query } })),
                body(api.GET('/api/v1/couriers/{id}/events', { params: { path, query: { ...query, limit: 200 } } })),
            ])
            this.track = decodeTrack(track)
            this.records = track.records
            this.events = events.items
            this.seek(this.startAt ?? this.track.fromMs)
            if (this.isAwaited && !this.closed) this.again = setTimeout(() => void this.load(), askAgainMs)
        } catch (error) {
            this.error = error
        }
    }

    get isEmpty(): boolean {
        return this.track !== null && this.track.lines.length === 0
    }

    // There is nothing yet, but it is so recent that it may come.
    get isAwaited(): boolean {
        return this.isEmpty && Date.now() - this.span.toMs < awaitedMs
    }

    close(): void {
        this.closed = true
        clearTimeout(this.again)
        this.pause()
    }

    seek(ms: number): void {
        if (this.track) this.ms = Math.max(this.track.fromMs, Math.min(this.track.toMs, ms))
    }

    step(deltaMs: number): void {
        this.pause()
        this.seek(this.ms + deltaMs)
    }

    faster(by: 1 | -1): void {
        const next = speeds[speeds.indexOf(this.speed) + by]
        if (next !== undefined) this.speed = next
    }

    toggle(): void {
        if (this.playing) return this.pause()
        if (!this.track || this.isEmpty) return
        if (this.ms >= this.track.toMs) this.ms = this.track.fromMs
        this.playing = true
        this.lastFrameMs = performance.now()
        this.frame = requestAnimationFrame((now) => this.advance(now))
    }

    pause(): void {
        this.playing = false
        cancelAnimationFrame(this.frame)
    }

    private advance(now: number): void {
        if (!this.playing || !this.track) return
        this.seek(this.ms + (now - this.lastFrameMs) * this.speed)
        this.lastFrameMs = now
        if (this.ms >= this.track.toMs) return this.pause()
        this.frame = requestAnimationFrame((next) => this.advance(next))
    }
}
