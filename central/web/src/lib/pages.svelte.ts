// A list that central pages by cursor: first page, more, and what is happening. Late answers of an older question are
// dropped.

export interface Page<T> {
    items: T[]
    next: string | null
}

export class Pages<T> {
    items = $state.raw<T[]>([])
    next = $state<string | null>(null)
    loading = $state(false)
    loaded = $state(false)
    error = $state.raw<unknown>(null)
    private asked = 0

    constructor(private ask: (cursor: string | undefined) => Promise<Page<T>>) {}

    /** From the start; what is shown stays until the answer is there. */
    load(): Promise<void> {
        return this.fetch(undefined)
    }

    more(): Promise<void> {
        return this.next === null || this.loading ? Promise.resolve() : this.fetch(this.next)
    }

    replace(same: (item: T) => boolean, item: T): void {
        this.items = this.items.map((old) => (same(old) ? item : old))
    }

    private async fetch(cursor: string | undefined): Promise<void> {
        const turn = ++this.asked
        this.loading = true
        try {
            const page = await this.ask(cursor)
            if (turn !== this.asked) return
            this.items = cursor === undefined ? page.items : [...this.items, ...page.items]
            this.next = page.next
            this.error = null
            this.loaded = true
        } catch (error) {
            if (turn === this.asked) this.error = error
        } finally {
            if (turn === this.asked) this.loading = false
        }
    }
}
