// The camera: pictures to the agent, one after the other has been answered. Let go when it is closed, whatever was under
// way then.
import { frameOf, frameSize } from '../lib/frames'

export type Sight = 'opening' | 'seeing' | 'denied' | 'none' | 'busy' | 'away'

const pauseMs = 60 // between pictures: the screen and the sounds want their turn
const answerMs = 5_000
const againMs = 1_000

const sights: Record<string, Sight> = { NotAllowedError: 'denied', SecurityError: 'denied', NotReadableError: 'busy', AbortError: 'busy' }

export class Eye {
    sight = $state<Sight>('opening')
    torch = $state<boolean | null>(null) // null: the camera has none
    private stream: MediaStream | null = null
    private socket: WebSocket | null = null
    private isClosed = false
    private timer: ReturnType<typeof setTimeout> | undefined
    private canvas = document.createElement('canvas')

    constructor(private video: HTMLVideoElement) {}

    async open(): Promise<void> {
        this.letGo()
        this.sight = 'opening'
        try {
            const stream = await navigator.mediaDevices.getUserMedia({
                video: { facingMode: { ideal: 'environment' }, width: { ideal: 1_280 }, height: { ideal: 720 } },
            })
            this.stream = stream
            if (this.isClosed) return this.letGo()
            this.watch(stream)
            this.video.srcObject = stream
            await this.video.play()
            if (!this.isClosed) this.connect()
        } catch (error) {
            this.letGo()
            this.sight = sights[error instanceof DOMException ? error.name : ''] ?? 'none'
        }
    }

    close(): void {
        this.isClosed = true
        this.letGo()
    }

    async switchTorch(): Promise<void> {
        const torch = !this.torch
        const wish = { torch } as MediaTrackConstraintSet // not in TypeScript's library yet
        await this.stream?.getVideoTracks()[0]?.applyConstraints({ advanced: [wish] })
        this.torch = torch
    }

    private watch(stream: MediaStream): void {
        const track = stream.getVideoTracks()[0]
        if (!track) return
        const can = track.getCapabilities() as { torch?: boolean }
        this.torch = can.torch ? false : null
        track.onended = () => {
            this.letGo() // unplugged
            this.sight = 'none'
        }
    }

    private connect(): void {
        const url = new URL('/api/camera', location.href)
        url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
        const socket = new WebSocket(url)
        this.socket = socket
        socket.onopen = () => {
            this.sight = 'seeing'
            this.send(socket)
        }
        socket.onmessage = () => this.later(() => this.send(socket), pauseMs)
        socket.onclose = () => {
            if (this.socket !== socket) return
            this.sight = 'away'
            this.later(() => this.connect(), againMs)
        }
    }

    private send(socket: WebSocket): void {
        const { videoWidth, videoHeight } = this.video
        if (videoWidth === 0) return this.later(() => this.send(socket), pauseMs)
        const { width, height } = frameSize(videoWidth, videoHeight)
        if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height })
        const context = this.canvas.getContext('2d', { willReadFrequently: true })
        context?.drawImage(this.video, 0, 0, width, height)
        const pixels = context?.getImageData(0, 0, width, height).data
        if (pixels) socket.send(frameOf(pixels, width, height))
        this.later(() => socket.close(), answerMs)
    }

    private later(act: () => void, ms: number): void {
        clearTimeout(this.timer)
        this.timer = setTimeout(act, ms)
    }

    private letGo(): void {
        clearTimeout(this.timer)
        const { socket, stream } = this
        this.socket = null
        this.stream = null
        this.torch = null
        socket?.close()
        this.video.srcObject = null
        for (const track of stream?.getTracks() ?? []) {
            track.onended = null
            track.stop()
        }
    }
}
