// Planning orders for a courier, and the way back.
import { api, body } from '../../api/client'

export interface Planned {
    order: string
    courier_before: string | null
}

export const mostPlanned = 500

export async function plan(orders: string[], courier: string | null): Promise<Planned[]> {
    return (await body(api.POST('/api/v1/orders/plan', { body: { orders, courier } }))).changed
}

/** Gives every order back to whose it was. */
export async function planBack(changed: readonly Planned[]): Promise<void> {
    for (const [courier, orders] of byCourierBefore(changed)) await plan(orders, courier)
}

export function byCourierBefore(changed: readonly Planned[]): Map<string | null, string[]> {
    const groups = new Map<string | null, string[]>()
    for (const { order, courier_before } of changed) groups.set(courier_before, [...(groups.get(courier_before) ?? []), order])
    return groups
}

/** Which of the orders sent central means by `orders[3]`. */
export function refusedOrder(field: string | undefined): number | null {
    const match = /^orders\[(\d+)\]$/.exec(field ?? '')
    return match ? Number(match[1]) : null
}
