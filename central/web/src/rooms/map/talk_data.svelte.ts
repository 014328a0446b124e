// The open talk with a courier: its messages, kept fresh by the live feed; what is seen here counts as read.
import { api, body, newKey } from '../../api/client'
import type { ChatMessage } from '../../api/types'
import { Pages } from '../../lib/pages.svelte'
import { chats } from '../../state/chats.svelte'

const pageSize = 50
const pollMs = 30_000

export class TalkData {
    readonly pages: Pages<ChatMessage>
    messages = $derived.by(() => [...this.pages.items].reverse()) // as they are read: the oldest first
    sending = $state(false)

    private unsent: { text: string; key: string } | null = null
    private stop: () => void
    private timer: ReturnType<typeof setInterval>

    constructor(readonly courier: string) {
        const path = { id: courier }
        this.pages = new Pages((cursor) => body(api.GET('/api/v1/couriers/{id}/chat', { params: { path, query: { limit: pageSize, ...(cursor ? { cursor } : {}) } } })))
        this.stop = chats.listen(courier, () => void this.refresh())
        this.timer = setInterval(() => void this.refresh(), pollMs)
        void this.pages.load().then(() => this.read())
    }

    close(): void {
        this.stop()
        clearInterval(this.timer)
    }

    /** Throws what central refuses; sent again with the same text it is written once. */
    async send(text: string): Promise<void> {
        if (this.unsent?.text !== text) this.unsent = { text, key: newKey() }
        this.sending = true
        try {
            const params = { path: { id: this.courier }, header: { 'Idempotency-Key': this.unsent.key } }
            await body(api.POST('/api/v1/couriers/{id}/chat', { params, body: { text } }))
            this.unsent = null
            await this.pages.refresh()
        } finally {
            this.sending = false
        }
    }

    /** The courier's messages that are on the screen, when somebody looks at it. */
    async read(): Promise<void> {
        if (document.visibilityState !== 'visible') return
        const unread = this.pages.items.filter((one) => one.from === 'courier' && one.read_ms === null && one.text_state !== 'coming')
        const last = unread.sort((a, b) => b.n - a.n)[0]
        if (!last) return
        await body(api.POST('/api/v1/couriers/{id}/chat/read', { params: { path: { id: this.courier } }, body: { upto: last.id } })).catch(() => undefined)
        chats.askSoon()
    }

    private async refresh(): Promise<void> {
        await this.pages.refresh()
        await this.read()
    }
}
