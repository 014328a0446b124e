// Statuses as the list groups them: a chip of the filter stands for several. Pure.
import type { OrderStatus } from '../../api/types'

export const groups = ['new', 'depot', 'way', 'problem', 'done'] as const
export type StatusGroup = (typeof groups)[number]

const groupOfStatus: Record<OrderStatus, StatusGroup> = {
    draft: 'new',
    accepted: 'new',
    with_courier: 'way',
    at_depot: 'depot',
    in_transit: 'way',
    assigned: 'depot',
    out_for_delivery: 'way',
    attempt_failed: 'problem',
    arrived_at_point: 'depot',
    returning: 'way',
    returned: 'done',
    cancelled: 'done',
    damaged: 'problem',
    lost: 'problem',
    partly_delivered: 'problem',
    delivered: 'done',
}

/** A status newer than this page is a problem until somebody looks. */
export function groupOf(status: OrderStatus): StatusGroup {
    return groupOfStatus[status] ?? 'problem'
}

/** It has come to its end without a delivery. */
export function endedUndelivered(status: OrderStatus): boolean {
    return status === 'cancelled' || status === 'returned'
}

const colors: Record<StatusGroup, string> = {
    new: 'var(--ink-soft)',
    depot: 'var(--standing)',
    way: 'var(--moving)',
    problem: 'var(--offline)',
    done: 'var(--ok)',
}

/** Of its shape and its word, in either theme. */
export function colorOf(group: StatusGroup, ended: boolean): string {
    return ended ? 'var(--off-shift)' : colors[group]
}

/** The statuses of these groups as central takes them; none for no group. */
export function statusesOf(wanted: readonly StatusGroup[]): string {
    const all = Object.keys(groupOfStatus) as OrderStatus[]
    return all.filter((status) => wanted.includes(groupOfStatus[status])).join(',')
}

/** It has come to its end: nothing can be changed or planned any more. */
export function isOver(status: OrderStatus): boolean {
    return status === 'delivered' || endedUndelivered(status)
}
