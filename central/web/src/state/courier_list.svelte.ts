// The active couriers by name, for choosing one. Loaded when a room first needs them, and anew with each room.
import { api, body, Refused } from '../api/client'
import type { Courier } from '../api/types'

const mostPages = 20

class CourierList {
    items = $state.raw<Courier[]>([])
    loaded = $state(false)

    /** Without an answer what was known stays; the list beside it says that central is away. */
    async load(): Promise<void> {
        const found: Courier[] = []
        let cursor: string | null = null
        try {
            for (let page = 0; page < mostPages && (page === 0 || cursor !== null); page++) {
                const query: { limit: number; cursor?: string } = { limit: 200, ...(cursor !== null && { cursor }) }
                const answer = await body(api.GET('/api/v1/couriers', { params: { query } }))
                found.push(...answer.items)
                cursor = answer.next
            }
            this.items = found
        } catch (error) {
            if (!(error instanceof Refused)) throw error
        }
        this.loaded = true
    }

    nameOf(id: string): string | null {
        return this.items.find((courier) => courier.id === id)?.name ?? null
    }
}

export const courierList = new CourierList()
