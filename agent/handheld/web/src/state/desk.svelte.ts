// What the agent says, and whether it answers. Read at the start, whenever its websocket says so, and now and then.
import { agent, Refused } from '../api/client'
import type { State } from '../api/types'
import { EventLink } from '../lib/event_link'
import { load, store } from '../lib/memory'
import { dayOf } from '../lib/stops'

export type Reach = 'asking' | 'up' | 'away' | 'foreign'

const tickMs = 1_000
const pollMs = 5_000 // without the websocket
const calmMs = 30_000 // with it: ages and battery change without a word
const clockMs = 5_000

class Desk {
    state = $state.raw<State | null>(null)
    reach = $state<Reach>('asking')
    nowMs = $state(Date.now()) // by the agent's clock
    linkMs = $state<number | null>(Number(load('link')) || null) // when central was last reached
    day = $derived(this.state ? dayOf(this.state.work, this.nowMs) : null)

    private aheadMs = 0
    private askedMs = 0
    private storedMs = 0
    private running: Promise<void> | null = null
    private isStale = false
    private readers: ((state: State) => void)[] = []
    private link = new EventLink(() => void this.refresh())

    start(): void {
        void this.refresh()
        this.link.open()
        setInterval(() => this.tick(), tickMs)
    }

    /** Called with every state that was read. */
    whenRead(reader: (state: State) => void): void {
        this.readers.push(reader)
    }

    /** Resolves when a state was read that is not older than this call, or could not be. */
    refresh(): Promise<void> {
        this.isStale = true
        this.running ??= this.readAll().finally(() => (this.running = null))
        return this.running
    }

    private async readAll(): Promise<void> {
        while (this.isStale) {
            this.isStale = false
            this.askedMs = Date.now()
            try {
                this.take(await agent.state())
            } catch (error) {
                const isForeign = error instanceof Refused && (error.status === 401 || error.status === 403)
                if (!(error instanceof Refused)) console.error(error)
                this.reach = isForeign ? 'foreign' : 'away'
            }
        }
    }

    private take(state: State): void {
        this.aheadMs = state.now_ms - Date.now()
        this.nowMs = state.now_ms
        this.reach = 'up'
        if (state.status.connection === 'running' || state.status.connection === 'held') this.rememberLink(state.now_ms)
        this.state = state
        for (const reader of this.readers) reader(state)
    }

    private rememberLink(ms: number): void {
        this.linkMs = ms
        if (Math.abs(ms - this.storedMs) < clockMs) return
        this.storedMs = ms
        store('link', String(ms))
    }

    private tick(): void {
        const now = Date.now() + this.aheadMs
        if (Math.abs(now - this.nowMs) >= clockMs) this.nowMs = now
        const every = this.reach === 'away' ? tickMs : this.reach === 'up' && this.link.isOpen ? calmMs : pollMs
        if (!this.running && Date.now() - this.askedMs >= every) void this.refresh()
    }
}

export const desk = new Desk()
