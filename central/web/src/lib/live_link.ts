// The websocket of the live feed: reconnects with full jitter, notices a dead line, asks for a snapshot after a hole in
// `seq`. Knows nothing of the page.
import type { LiveClient, LiveServer } from '../api/types'

export type LinkState = 'connecting' | 'live' | 'waiting' | 'ended'

export interface LinkEvents {
    message(message: LiveServer): void
    state(state: LinkState, retryAtMs: number | null): void
}

const silenceLimitMs = 40_000 // central sends an empty frame every 15 s
const longestWaitMs = 30_000

export class LiveLink {
    private socket: WebSocket | null = null
    private retry: ReturnType<typeof setTimeout> | undefined
    private watch: ReturnType<typeof setInterval> | undefined
    private failures = 0
    private seq = -1
    private heardMs = 0
    private view: LiveClient | null = null

    constructor(private events: LinkEvents) {}

    open(): void {
        this.close()
        this.events.state('connecting', null)
        const url = new URL('/api/v1/live', location.href)
        url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
        const socket = new WebSocket(url)
        this.socket = socket
        this.heardMs = Date.now()
        socket.onopen = () => this.view && socket.send(JSON.stringify(this.view))
        socket.onmessage = (event) => this.heard(JSON.parse(String(event.data)) as LiveServer)
        socket.onclose = (event) => this.lost(event.code)
        this.watch = setInterval(() => Date.now() - this.heardMs > silenceLimitMs && socket.close(), 5_000)
    }

    close(): void {
        clearTimeout(this.retry)
        clearInterval(this.watch)
        if (!this.socket) return
        this.socket.onclose = this.socket.onmessage = null
        this.socket.close()
        this.socket = null
    }

    show(view: LiveClient): void {
        this.view = view
        this.send(view)
    }

    private send(message: LiveClient): void {
        if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message))
    }

    private heard(message: LiveServer): void {
        this.heardMs = Date.now()
        if (message.type === 'snapshot') {
            this.failures = 0
            this.events.state('live', null)
        }
        if (message.type === 'frame' && message.seq !== this.seq + 1) return this.send({ type: 'resync' })
        if (message.type === 'snapshot' || message.type === 'frame') this.seq = message.seq
        this.events.message(message)
    }

    private lost(code: number): void {
        clearInterval(this.watch)
        this.socket = null
        if (code === 4401 || code === 4403) return this.events.state('ended', null)
        const wait = 500 + Math.random() * Math.min(longestWaitMs, 1_000 * 2 ** this.failures++)
        this.events.state('waiting', Date.now() + wait)
        this.retry = setTimeout(() => this.open(), wait)
    }
}
