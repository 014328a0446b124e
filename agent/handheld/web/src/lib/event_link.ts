// The websocket that says that the state has changed; made anew with growing pauses. Knows nothing of the page.
const shortestMs = 250
const longestMs = 8_000

export class EventLink {
    private socket: WebSocket | null = null
    private failures = 0

    constructor(private changed: () => void) {}

    get isOpen(): boolean {
        return this.socket?.readyState === WebSocket.OPEN
    }

    open(): void {
        const url = new URL('/api/events', location.href)
        url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
        const socket = new WebSocket(url)
        this.socket = socket
        socket.onopen = () => {
            this.failures = 0
            this.changed() // what happened while nobody listened
        }
        socket.onmessage = () => this.changed()
        socket.onclose = () => {
            const wait = Math.min(longestMs, shortestMs * 2 ** this.failures++)
            if (this.failures === 1) this.changed() // the program may have ended: ask it
            setTimeout(() => this.open(), wait * (0.75 + Math.random() / 2))
        }
    }
}
