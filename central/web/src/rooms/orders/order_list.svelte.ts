// The orders as the filter in the URL wants them, which of them are selected, and planning those.
import { api, body, Refused } from '../../api/client'
import type { Order } from '../../api/types'
import { t } from '../../i18n/index.svelte'
import { Pages } from '../../lib/pages.svelte'
import { keepOnly, nothingSelected, select, type SelectHow } from '../../lib/selection'
import { listOf, type Query } from '../../lib/url'
import { courierList } from '../../state/courier_list.svelte'
import { toasts } from '../../state/toasts.svelte'
import { mostPlanned, plan, planBack, refusedOrder } from './planning'
import { groups, isOver, statusesOf } from './statuses'

export class OrderList {
    selection = $state.raw(nothingSelected)
    planning = $state(false)
    readonly pages: Pages<Order>

    constructor(private query: () => Query) {
        this.pages = new Pages<Order>((cursor) => {
            const { q, status, courier, point, back } = this.query()
            const statuses = back === '1' ? 'returning' : statusesOf(listOf(status, groups))
            const asked = { limit: 100, ...(q && { q }), ...(statuses && { status: statuses }), ...(courier && { courier }), ...(point && { point }), ...(cursor && { cursor }) }
            return body(api.GET('/api/v1/orders', { params: { query: asked } }))
        })
    }

    /** Those that can still be planned, in the order shown. */
    get selectable(): string[] {
        return this.pages.items.filter((order) => !isOver(order.status)).map((order) => order.id)
    }

    async load(): Promise<void> {
        await this.pages.load()
        this.forgetGone()
    }

    async refresh(): Promise<void> {
        await this.pages.refresh()
        this.forgetGone()
    }

    select(id: string, how: SelectHow): void {
        this.selection = select(this.selection, this.selectable, id, how)
    }

    clear(): void {
        this.selection = nothingSelected
    }

    /** All within the filter, also what is not shown yet. */
    async selectAll(): Promise<void> {
        while (this.pages.next !== null && this.selectable.length < mostPlanned && !this.pages.error) await this.pages.more()
        const ids = this.selectable
        if (ids.length > mostPlanned || this.pages.next !== null) toasts.say(t('order.select_most', { n: mostPlanned }))
        this.selection = { chosen: new Set(ids.slice(0, mostPlanned)), anchor: ids[0] ?? null }
    }

    /** In the order of the list; afterwards it can be undone for a while. */
    async plan(courier: string | null, ids = this.selectable.filter((id) => this.selection.chosen.has(id))): Promise<void> {
        if (this.planning || ids.length === 0) return
        this.planning = true
        try {
            const changed = await plan(ids, courier)
            if (this.selection.chosen.has(ids[0] ?? '')) this.clear()
            const [n, name] = [changed.length, (courier !== null && courierList.nameOf(courier)) || '']
            const said = courier === null ? t('plan.taken_away', { n }) : t('plan.done', { n, name })
            if (n === 0) toasts.say(t('plan.same'))
            else toasts.say(said, () => this.planBack(changed))
        } catch (error) {
            this.refused(error, ids)
        } finally {
            this.planning = false
        }
        await this.refresh()
    }

    private async planBack(changed: Awaited<ReturnType<typeof plan>>): Promise<void> {
        await planBack(changed)
        toasts.say(t('done.undone'))
        await this.refresh()
    }

    private refused(error: unknown, ids: readonly string[]): void {
        const at = error instanceof Refused ? refusedOrder(error.problem?.fields?.[0]?.field) : null
        const order = this.pages.items.find((one) => at !== null && one.id === ids[at])
        if (!order || !(error instanceof Refused) || error.kind !== 'conflict') return toasts.refuse(error)
        const chosen = new Set(this.selection.chosen)
        chosen.delete(order.id)
        this.selection = { chosen, anchor: null }
        toasts.say(t('plan.over', { number: order.number }))
    }

    private forgetGone(): void {
        this.selection = keepOnly(this.selection, this.selectable)
    }
}
