// Which parcels of the open stop are left out of the hand-over; outlives the way through the money and back.
class Ticks {
    private order = $state('')
    private left = $state.raw<readonly string[]>([])

    leftOf(order: string): readonly string[] {
        return order === this.order ? this.left : []
    }
    toggle(order: string, id: string): void {
        const left = this.leftOf(order)
        this.set(order, left.includes(id) ? left.filter((one) => one !== id) : [...left, id])
    }
    tick(order: string, id: string | null): void {
        this.set(order, this.leftOf(order).filter((one) => one !== id))
    }
    reset(): void {
        this.set('', [])
    }
    private set(order: string, left: readonly string[]): void {
        this.order = order
        this.left = left
    }
}

export const ticks = new Ticks()
