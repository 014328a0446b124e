// What couriers wrote and nobody has read yet: told by the live feed, and asked now and then, because what another
// instance of central learned may be told to its own consoles only.
import { api, body } from '../api/client'
import { live } from './live.svelte'
import { session } from './session.svelte'

const pollMs = 60_000
const gatherMs = 200 // several changes at once are one question

class Chats {
    unread = $state.raw<ReadonlyMap<string, number>>(new Map())
    total = $derived([...this.unread.values()].reduce((sum, n) => sum + n, 0))

    private timer: ReturnType<typeof setInterval> | undefined
    private soon: ReturnType<typeof setTimeout> | undefined
    private listeners = new Map<string, () => void>()

    get allowed(): boolean {
        return session.may('dispatcher', 'operator', 'depot')
    }

    start(): void {
        if (!this.allowed || this.timer) return
        live.onChat = (courier) => {
            this.listeners.get(courier)?.()
            this.askSoon()
        }
        session.whenForgotten = () => this.stop()
        void this.ask()
        this.timer = setInterval(() => void this.ask(), pollMs)
    }

    /** `told` is called whenever the talk with this courier changed; the answer ends that. */
    listen(courier: string, told: () => void): () => void {
        this.listeners.set(courier, told)
        return () => this.listeners.delete(courier)
    }

    askSoon(): void {
        clearTimeout(this.soon)
        this.soon = setTimeout(() => void this.ask(), gatherMs)
    }

    private stop(): void {
        clearInterval(this.timer)
        clearTimeout(this.soon)
        this.timer = undefined
        this.unread = new Map()
    }

    private async ask(): Promise<void> {
        try {
            const { items } = await body(api.GET('/api/v1/chats'))
            this.unread = new Map(items.filter(({ unread }) => unread > 0).map(({ courier, unread }) => [courier.id, unread]))
        } catch {
            // the banner tells of a lost connection; asked again in a minute
        }
    }
}

export const chats = new Chats()
