// The board: what is on it, which orders are selected, moving them and taking the last move back.
import { api, body, Refused } from '../../api/client'
import type { Board, BoardOrder } from '../../api/types'
import { t } from '../../i18n/index.svelte'
import { keepOnly, nothingSelected, select, type SelectHow } from '../../lib/selection'
import { toasts } from '../../state/toasts.svelte'
import * as moves from './moves'
import { nobody, type Step, type Target } from './moves'

export interface Asking {
    orders: BoardOrder[]
    target: Target
    keepers: { name: string; parcels: number; online: boolean }[]
    kept: number
}

interface Undo {
    steps: Step[]
    marks: Map<string, string> // as they were right after the move
}

export class DispatchBoard {
    shown = $state.raw<Board | null>(null)
    error = $state.raw<unknown>(null)
    selection = $state.raw(nothingSelected)
    focus = $state<string | null>(null)
    busy = $state(false)
    dragging = $state(false)
    asking = $state.raw<Asking | null>(null)
    last = $state.raw<Undo | null>(null)
    private etag = ''
    private current: Promise<void> = Promise.resolve() // what central does for us now
    private told = 0 // the toast of the last move
    private asked = 0

    /** `visible`: the unplanned orders that the filter lets through. */
    constructor(private visible: () => readonly BoardOrder[]) {}

    readonly places = $derived(this.shown ? moves.placesOf(this.shown) : new Map())

    /** `force`: the answer counts although somebody is at work, because it is his. */
    async load(force = false): Promise<void> {
        const turn = ++this.asked
        try {
            const headers = this.etag ? { 'If-None-Match': this.etag } : {}
            const answer = api.GET('/api/v1/board', { headers, cache: 'no-store' })
            const { response } = await answer.catch(() => ({ response: null }))
            if (response?.status === 304) return void (this.error = null)
            const fresh = await body(answer)
            if (turn !== this.asked || (!force && (this.busy || this.dragging))) return
            this.etag = response?.headers.get('ETag') ?? ''
            this.show(moves.reuse(this.shown, fresh as Board))
            this.error = null
        } catch (error) {
            if (turn === this.asked) this.error = error
        }
    }

    /** Not while somebody drags or central is at work: then the next one does. */
    async refresh(): Promise<void> {
        if (!this.busy && !this.dragging) await this.load()
    }

    private show(board: Board): void {
        this.shown = board
        const ids = [...moves.placesOf(board).keys()]
        this.selection = keepOnly(this.selection, ids)
        if (this.focus !== null && !ids.includes(this.focus)) this.focus = null
    }

    idsOf(column: string): string[] {
        const stops = column === nobody ? this.visible() : this.shown ? moves.stopsOf(this.shown, column) : []
        return stops.map((stop) => stop.id)
    }

    columnOf(id: string): string {
        return this.places.get(id)?.column ?? nobody
    }

    nameOf(column: string): string {
        return this.shown?.couriers.find((courier) => courier.id === column)?.name ?? t('board.unplanned')
    }

    select(id: string, how: SelectHow): void {
        const ids = this.idsOf(this.columnOf(id))
        const reach = how === 'toggle' ? [...this.places.keys()] : ids
        this.selection = select(this.selection, reach, id, how)
        this.focus = id
    }

    selectAll(ids: readonly string[]): void {
        this.selection = { chosen: new Set(ids), anchor: ids[0] ?? null }
    }

    /** Also all shown ones that are alike in this. */
    selectLike(of: (order: BoardOrder) => string): void {
        const wanted = new Set(this.chosen.map(of))
        const shown = [...this.places.values()].filter(({ column, order }) => column !== nobody || this.visible().includes(order))
        this.selectAll(shown.filter(({ order }) => wanted.has(of(order))).map(({ order }) => order.id))
    }

    get chosen(): BoardOrder[] {
        return [...this.selection.chosen].flatMap((id) => this.places.get(id)?.order ?? [])
    }

    clear(): void {
        this.selection = nothingSelected
    }

    /** The selected ones, or this one when it is not among them. */
    held(id: string): ReadonlySet<string> {
        return this.selection.chosen.has(id) ? this.selection.chosen : new Set([id])
    }

    /** Asks first when somebody has parcels of them on board. */
    async move(ids: ReadonlySet<string>, target: Target): Promise<void> {
        while (this.busy) await this.current // the next one does not get lost while central is at work
        if (!this.shown) return
        const { orders, kept } = moves.moving(this.shown, ids)
        if (orders.length === 0 || moves.isSame(this.shown, orders, target)) {
            if (kept.length > 0) toasts.say(t('board.kept', { n: kept.length }))
            return
        }
        const found = moves.keepers(orders, target.column, this.places)
        if (found.size === 0) return (this.current = this.plan(orders, target, kept.length, true))
        const keepers = [...found].map(([id, parcels]) => {
            const courier = this.shown?.couriers.find((one) => one.id === id)
            return { name: courier?.name ?? '…', parcels, online: courier?.online ?? false }
        })
        this.asking = { orders, target, keepers, kept: kept.length }
    }

    async confirm(): Promise<void> {
        const asking = this.asking
        this.asking = null
        if (asking) await (this.current = this.plan(asking.orders, asking.target, asking.kept, false))
    }

    private async plan(orders: BoardOrder[], target: Target, kept: number, spare: boolean): Promise<void> {
        const before = this.shown
        if (!before) return
        const plan = { ...moves.planOf(before, orders, target), spare_carried: spare }
        const stays = orders.every((order) => this.columnOf(order.id) === target.column)
        this.shown = moves.moved(before, orders, target)
        const earlier = this.last
        this.last = null // what is taken back next is this one
        toasts.close(this.told)
        if (!(await this.atWork(() => body(api.POST('/api/v1/orders/plan', { body: plan }))))) return void (this.last = earlier)
        const marks = new Map(orders.map((order) => [order.id, this.places.get(order.id)?.order.mark ?? order.mark]))
        const undo = { steps: moves.wayBack(before, orders), marks }
        this.last = undo
        if (!stays) this.clear()
        this.told = toasts.say(this.saidOf(orders.length, target, before, kept), () => this.undo(undo))
    }

    private saidOf(n: number, target: Target, before: Board, kept: number): string {
        const name = this.nameOf(target.column)
        const said =
            target.column === nobody ? t('plan.taken_away', { n })
            : n === 1 && moves.stopsOf(before, target.column).length === moves.stopsOf(this.shown ?? before, target.column).length ? t('board.reordered', { name })
            : t('plan.done', { n, name })
        return kept > 0 ? `${said}. ${t('board.kept', { n: kept })}` : said
    }

    /** Only the last move, and only where nobody else moved since. */
    async undo(asked?: Undo): Promise<void> {
        while (this.busy) await this.current
        const which = asked ?? this.last
        if (!which || which !== this.last) return
        await (this.current = this.takeBack(which))
    }

    private async takeBack(which: Undo): Promise<void> {
        this.last = null
        toasts.close(this.told)
        const done = await this.atWork(async () => {
            for (const { plan, fix } of which.steps) {
                const seen = plan.orders.map((id) => which.marks.get(id) ?? nobody)
                await body(api.POST('/api/v1/orders/plan', { body: { ...plan, seen } }))
                if (fix.length > 0) await body(api.POST('/api/v1/orders/fix', { body: { orders: fix, fixed: true } }))
            }
        })
        if (done) toasts.say(t('done.undone'))
    }

    async fix(orders: string[], fixed: boolean): Promise<void> {
        while (this.busy) await this.current
        if (orders.length === 0) return
        const work = this.atWork(() => body(api.POST('/api/v1/orders/fix', { body: { orders, fixed } })))
        await (this.current = work.then(() => {}))
    }

    /** Afterwards the board is what central has; false: it was refused, and that was told. */
    private async atWork(work: () => Promise<unknown>): Promise<boolean> {
        this.busy = true
        try {
            await work()
            await this.load(true)
            return true
        } catch (error) {
            this.refused(error)
            this.etag = '' // what is shown is not what central has
            await this.load(true)
            return false
        } finally {
            this.busy = false
        }
    }

    private refused(error: unknown): void {
        const fault = error instanceof Refused && error.kind === 'conflict' ? error.problem?.fields?.[0] : undefined
        if (!(error instanceof Refused) || error.kind !== 'conflict') return toasts.refuse(error)
        toasts.say(t(fault?.code === 'carried' ? 'board.taken_meanwhile' : fault?.code === 'wrong' ? 'board.over' : 'board.stale'))
    }
}
