// Moves on the board: what a board is after one, what is asked of central for it, and the way back. Pure.
import type { Board, BoardCourier, BoardOrder, Money } from '../../api/types'

/** The column of what nobody has; the others are couriers' ids. */
export const nobody = 'none'

export interface Target {
    column: string
    before: string | null // an order of the column; null: its end
}

export interface PlanBody {
    orders: string[]
    courier: string | null
    seen?: string[]
    before?: string
    to_end?: boolean
    spare_carried?: boolean
}

export function stopsOf(board: Board, column: string): readonly BoardOrder[] {
    return column === nobody ? board.unplanned : (board.couriers.find((one) => one.id === column)?.stops ?? [])
}

export function columnsOf(board: Board): string[] {
    return [nobody, ...board.couriers.map((courier) => courier.id)]
}

/** Every order with its column, in the order of the board. */
export function placesOf(board: Board): Map<string, { column: string; order: BoardOrder }> {
    const places = new Map<string, { column: string; order: BoardOrder }>()
    for (const column of columnsOf(board)) for (const order of stopsOf(board, column)) places.set(order.id, { column, order })
    return places
}

/** Which of the chosen ones a move takes: fixed ones stay when there are several. In the order of the board. */
export function moving(board: Board, chosen: ReadonlySet<string>): { orders: BoardOrder[]; kept: BoardOrder[] } {
    const all = [...placesOf(board).values()].map((place) => place.order).filter((order) => chosen.has(order.id))
    if (all.length < 2) return { orders: all, kept: [] }
    return { orders: all.filter((order) => !order.fixed), kept: all.filter((order) => order.fixed) }
}

/** The first one from `before` on that does not move itself. */
function anchorOf(stops: readonly BoardOrder[], before: string | null, moved: ReadonlySet<string>): string | null {
    const from = before === null ? -1 : stops.findIndex((stop) => stop.id === before)
    if (from < 0) return null
    return stops.slice(from).find((stop) => !moved.has(stop.id))?.id ?? null
}

function withStops(board: Board, change: (column: string, stops: readonly BoardOrder[]) => BoardOrder[]): Board {
    const couriers = board.couriers.map((courier): BoardCourier => ({ ...courier, stops: change(courier.id, courier.stops) }))
    return { ...board, couriers, unplanned: change(nobody, board.unplanned) }
}

/** The board as it will be; central has the last word. */
export function moved(board: Board, orders: readonly BoardOrder[], target: Target): Board {
    const ids = new Set(orders.map((order) => order.id))
    const anchor = anchorOf(stopsOf(board, target.column), target.before, ids)
    return withStops(board, (column, stops) => {
        const rest = stops.filter((stop) => !ids.has(stop.id))
        if (column !== target.column) return rest
        const at = anchor === null ? rest.length : rest.findIndex((stop) => stop.id === anchor)
        return [...rest.slice(0, at), ...orders, ...rest.slice(at)]
    })
}

/** Nothing would be elsewhere than it is. */
export function isSame(board: Board, orders: readonly BoardOrder[], target: Target): boolean {
    if (target.column === nobody) return orders.every((order) => board.unplanned.some((one) => one.id === order.id))
    const text = (one: Board) => stopsOf(one, target.column).map((stop) => stop.id).join()
    return text(board) === text(moved(board, orders, target))
}

export function planOf(board: Board, orders: readonly BoardOrder[], target: Target): PlanBody {
    const ids = orders.map((order) => order.id)
    const body: PlanBody = { orders: ids, courier: target.column === nobody ? null : target.column, seen: orders.map((order) => order.mark) }
    if (target.column === nobody) return body
    const anchor = anchorOf(stopsOf(board, target.column), target.before, new Set(ids))
    return anchor === null ? { ...body, to_end: true } : { ...body, before: anchor }
}

/** Whoever would keep parcels on board that the plan takes from him, with how many. */
export function keepers(orders: readonly BoardOrder[], column: string, places: Map<string, { column: string }>): Map<string, number> {
    const found = new Map<string, number>()
    for (const order of orders) {
        if (places.get(order.id)?.column === column) continue
        for (const { courier, parcels } of order.carried) if (courier !== column) found.set(courier, (found.get(courier) ?? 0) + parcels)
    }
    return found
}

export interface Step {
    plan: PlanBody
    fix: string[] // their mark is lost on the way
}

/** What brings the orders back to where they are on this board, the last of each list first. */
export function wayBack(board: Board, orders: readonly BoardOrder[]): Step[] {
    const ids = new Set(orders.map((order) => order.id))
    const steps: Step[] = []
    const free = board.unplanned.filter((order) => ids.has(order.id)).map((order) => order.id)
    if (free.length > 0) steps.push({ plan: { orders: free, courier: null }, fix: [] })
    for (const { id: courier, stops } of board.couriers) {
        let run: BoardOrder[] = []
        let next: string | null = null
        const flush = () => {
            if (run.length === 0) return
            const place = next === null ? { to_end: true } : { before: next }
            // One by one those that are fixed: several at once would leave them.
            const groups = run.some((one) => one.fixed) ? run.map((one) => [one]) : [run]
            for (const group of groups) steps.push({ plan: { orders: group.map((one) => one.id), courier, ...place }, fix: group.filter((one) => one.fixed).map((one) => one.id) })
            run = []
        }
        for (const stop of [...stops].reverse()) {
            if (ids.has(stop.id)) run.unshift(stop)
            else {
                flush()
                next = stop.id
            }
        }
        flush()
    }
    return steps
}

export function parcelsOf(stops: readonly BoardOrder[]): number {
    return stops.reduce((sum, stop) => sum + stop.parcels_count, 0)
}

/** To take at the door, per currency, by its code. */
export function dueOf(stops: readonly BoardOrder[]): Money[] {
    const sums = new Map<string, number>()
    for (const { due } of stops) if (due) sums.set(due.currency, (sums.get(due.currency) ?? 0) + due.minor)
    return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => ({ minor, currency }))
}

/** The fresh board with the objects of the old one where nothing changed, so that only what did is drawn anew. */
export function reuse(old: Board | null, fresh: Board): Board {
    if (!old) return fresh
    const known = new Map([...placesOf(old)].map(([id, { order }]) => [id, order]))
    const same = (order: BoardOrder) => {
        const before = known.get(order.id)
        return before && JSON.stringify(before) === JSON.stringify(order) ? before : order
    }
    return withStops(fresh, (_, stops) => stops.map(same))
}

/** Where the stop stands after a step up or down its own list; null: it is at the edge. */
export function stepTarget(board: Board, column: string, orders: readonly BoardOrder[], by: -1 | 1): Target | null {
    if (column === nobody) return null
    const stops = stopsOf(board, column)
    const ids = new Set(orders.map((order) => order.id))
    const at = stops.map((stop, index) => (ids.has(stop.id) ? index : -1)).filter((index) => index >= 0)
    const [first, last] = [at[0], at.at(-1)]
    if (first === undefined || last === undefined) return null
    if (by < 0) return first === 0 ? null : { column, before: stops[first - 1]?.id ?? null }
    return last === stops.length - 1 ? null : { column, before: stops[last + 2]?.id ?? null }
}

/** The next column to that side that takes orders; null: there is none. */
export function besideOf(board: Board, column: string, by: -1 | 1): string | null {
    const open = [nobody, ...board.couriers.filter((one) => !one.blocked || one.id === column).map((one) => one.id)]
    return open[open.indexOf(column) + by] ?? null
}
