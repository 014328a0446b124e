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
        return this.fetch(() => this.ask(undefined))
    }

    async more(): Promise<void> {
        const cursor = this.next
        if (cursor === null || this.loading) return
        await this.fetch(async () => {
            const { items, next } = await this.ask(cursor)
            return { items: [...this.items, ...items], next }
        })
    }

    /** Again as much as is shown, so that a long list neither collapses nor grows old. */
    refresh(): Promise<void> {
        return this.fetch(async (isOld) => {
            const items: T[] = []
            let next: string | null = null
            do {
                const page: Page<T> = await this.ask(next ?? undefined)
                items.push(...page.items)
                next = page.next
            } while (next !== null && items.length < this.items.length && !isOld())
            return { items, next }
        })
    }

    replace(same: (item: T) => boolean, item: T): void {
        this.items = this.items.map((old) => (same(old) ? item : old))
    }

    /** All that is to be shown; `isOld` tells that nobody waits for it any more. */
    private async fetch(read: (isOld: () => boolean) => Promise<Page<T>>): Promise<void> {
        const turn = ++this.asked
        const isOld = () => turn !== this.asked
        this.loading = true
        try {
            const { items, next } = await read(isOld)
            if (isOld()) return
            this.items = items
            this.next = next
            this.error = null
            this.loaded = true
        } catch (error) {
            if (!isOld()) this.error = error
        } finally {
            if (!isOld()) this.loading = false
        }
    }
}
