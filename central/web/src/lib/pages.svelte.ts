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

    /** Again as much as is shown, so that a long list neither collapses nor grows old. */
    async refresh(): Promise<void> {
        const turn = ++this.asked
        const items: T[] = []
        let next: string | null = null
        this.loading = true
        try {
            do {
                const page: Page<T> = await this.ask(next ?? undefined)
                if (turn !== this.asked) return
                items.push(...page.items)
                next = page.next
            } while (next !== null && items.length < this.items.length)
            this.items = items
            this.next = next
            this.error = null
            this.loaded = true
        } catch (error) {
            if (turn === this.asked) this.error = error
        } finally {
            if (turn === this.asked) this.loading = false
        }
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
