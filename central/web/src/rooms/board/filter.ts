// Which of the unplanned orders are shown. Pure.
import { matches } from '@shared/folding'
import type { BoardOrder } from '../../api/types'
import { groupOf } from '../orders/statuses'

export interface Filter {
    text: string
    slot: string // of slotKey; empty: any
    status: string // a group; empty: any
}

export const noSlot = 'none'

export function slotKey(order: BoardOrder): string {
    return order.slot ? `${order.slot.from_ms}-${order.slot.to_ms}` : noSlot
}

export function filtered(orders: readonly BoardOrder[], filter: Filter): BoardOrder[] {
    return orders.filter(
        (order) =>
            (filter.text === '' || matches(`${order.number} ${order.recipient} ${order.address}`, filter.text)) &&
            (filter.slot === '' || slotKey(order) === filter.slot) &&
            (filter.status === '' || groupOf(order.status) === filter.status),
    )
}

/** The windows there are, the earliest first, those without one at the end. */
export function slotsOf(orders: readonly BoardOrder[]): { key: string; slot: BoardOrder['slot'] }[] {
    const found = new Map(orders.map((order) => [slotKey(order), order.slot]))
    const start = (slot: BoardOrder['slot']) => slot?.from_ms ?? Infinity
    return [...found].map(([key, slot]) => ({ key, slot })).sort((a, b) => start(a.slot) - start(b.slot) || ((a.slot?.to_ms ?? 0) - (b.slot?.to_ms ?? 0)))
}
