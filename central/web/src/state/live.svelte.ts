// The live picture: all couriers as central last told. Couriers are kept in a plain map; `version` changes with each
// message, so that a list reads it once instead of tracking thousands of fields.
import type { FieldEvent, LiveServer, Records } from '../api/types'
import { applyRow, newCourier, type CourierNow } from '../lib/couriers'
import { LiveLink, type LinkState } from '../lib/live_link'
import type { Bbox } from '../lib/bbox'

interface Pinned {
    event(event: FieldEvent): void
    filled(fromMs: number, toMs: number, records: Records): void
}

class Live {
    version = $state(0)
    link = $state<LinkState>('connecting')
    retryAtMs = $state<number | null>(null)
    heardMs = $state(0) // central's time of the last message
    nowMs = $state(Date.now()) // central's clock, once a second; ages are counted from it
    loaded = $state(false)

    readonly couriers = new Map<string, CourierNow>()
    onSessionEnd: () => void = () => {}
    onChat: (courier: string) => void = () => {}

    private pinned: { id: string; to: Pinned } | null = null
    private bbox: Bbox = [-180, -85, 180, 85]
    private clockOffset = 0
    private ticking: ReturnType<typeof setInterval> | undefined
    private feed = new LiveLink({
        message: (message) => this.take(message),
        state: (state, retryAtMs) => this.moved(state, retryAtMs),
    })

    start(): void {
        if (this.ticking) return
        this.ticking = setInterval(() => (this.nowMs = this.now()), 1_000)
        this.tellView()
        this.feed.open()
    }

    stop(): void {
        clearInterval(this.ticking)
        this.ticking = undefined
        this.feed.close()
        this.couriers.clear()
        this.loaded = false
        this.version++
    }

    reconnectNow(): void {
        this.feed.open()
    }

    /** Central's clock as this page knows it; never needs the own clock to be right. */
    now(): number {
        return Date.now() + this.clockOffset
    }

    look(bbox: Bbox): void {
        this.bbox = bbox
        this.tellView()
    }

    /** From now on `to` hears of this courier's new facts and late track. */
    pin(id: string | null, to: Pinned | null): void {
        this.pinned = id !== null && to !== null ? { id, to } : null
        this.tellView()
    }

    private tellView(): void {
        this.feed.show({ type: 'view', bbox: this.bbox, pins: this.pinned ? [this.pinned.id] : [] })
    }

    private moved(state: LinkState, retryAtMs: number | null): void {
        this.link = state
        this.retryAtMs = retryAtMs
        if (state === 'ended') this.onSessionEnd()
    }

    private take(message: LiveServer): void {
        if (message.type === 'event') {
            if (message.courier === this.pinned?.id) this.pinned.to.event(message.event)
            return
        }
        if (message.type === 'chat') return this.onChat(message.courier)
        if (message.type === 'filled') {
            if (message.courier === this.pinned?.id) this.pinned.to.filled(message.from_ms, message.to_ms, message.records)
            return
        }
        this.clockOffset = message.time_ms - Date.now()
        this.heardMs = message.time_ms
        this.nowMs = message.time_ms
        if (message.type === 'snapshot') this.dropUnknown(new Set(message.couriers.map((courier) => courier.id)))
        for (const info of message.couriers ?? []) {
            this.couriers.set(info.id, { ...(this.couriers.get(info.id) ?? newCourier(info)), ...info })
        }
        for (const row of message.rows) {
            const courier = this.couriers.get(row[0])
            if (courier) this.couriers.set(row[0], applyRow(courier, row))
        }
        if (message.type === 'frame') for (const id of message.gone ?? []) this.couriers.delete(id)
        this.loaded = true
        this.version++
    }

    private dropUnknown(known: Set<string>): void {
        for (const id of this.couriers.keys()) if (!known.has(id)) this.couriers.delete(id)
    }
}

export const live = new Live()
