// The board by keyboard: arrows walk, Space selects, Alt and arrows move.
import { tick } from 'svelte'
import type { DispatchBoard } from './board.svelte'
import { besideOf, columnsOf, moving, nobody, stepTarget } from './moves'

export class BoardKeys {
    constructor(
        private board: DispatchBoard,
        private mayPlan: () => boolean,
        private columns: () => string[], // as shown
    ) {}

    /** Where the keyboard is, or would be when it came to the board. */
    get at(): string | null {
        if (this.board.focus !== null) return this.board.focus
        for (const column of this.columns()) {
            const first = this.board.idsOf(column)[0]
            if (first !== undefined) return first
        }
        return null
    }

    down = (event: KeyboardEvent) => {
        const id = (event.target as Element | null)?.closest<HTMLElement>('[data-stop]')?.dataset['stop']
        if (!id || event.ctrlKey || event.metaKey) return
        const by = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }[event.key] as -1 | 1 | undefined
        const upright = event.key === 'ArrowUp' || event.key === 'ArrowDown'
        if (event.key === ' ') {
            if (this.mayPlan()) this.board.select(id, event.shiftKey ? 'range' : 'toggle')
        } else if (event.key === 'Home' || event.key === 'End') {
            const ids = this.board.idsOf(this.board.columnOf(id))
            void this.go(event.key === 'Home' ? ids[0] : ids.at(-1))
        } else if (by === undefined) return
        else if (!event.altKey) void this.walk(id, by, upright, event.shiftKey)
        else if (this.mayPlan()) void (upright ? this.reorder(id, by) : this.beside(id, by))
        event.preventDefault()
    }

    private async walk(id: string, by: -1 | 1, upright: boolean, extend: boolean): Promise<void> {
        const column = this.board.columnOf(id)
        const ids = this.board.idsOf(column)
        if (upright) {
            const next = ids[ids.indexOf(id) + by]
            if (next === undefined) return
            if (extend && this.mayPlan()) {
                if (this.board.selection.anchor === null) this.board.select(id, 'only')
                this.board.select(next, 'range')
            }
            return this.go(next)
        }
        const columns = this.columns()
        for (let at = columns.indexOf(column) + by; at >= 0 && at < columns.length; at += by) {
            const there = this.board.idsOf(columns[at] ?? nobody)
            if (there.length > 0) return this.go(there[Math.min(ids.indexOf(id), there.length - 1)])
        }
    }

    private async reorder(id: string, by: -1 | 1): Promise<void> {
        const { shown } = this.board
        if (!shown) return
        const column = this.board.columnOf(id)
        const here = new Set([...this.board.held(id)].filter((one) => this.board.columnOf(one) === column))
        const target = stepTarget(shown, column, moving(shown, here).orders, by)
        if (target) void this.board.move(here, target) // the card is there at once; its focus does not wait for central
        await this.go(id)
    }

    private async beside(id: string, by: -1 | 1): Promise<void> {
        const { shown } = this.board
        if (!shown) return
        const seen = new Set(this.columns())
        let column = besideOf(shown, this.board.columnOf(id), by)
        while (column !== null && !seen.has(column) && columnsOf(shown).includes(column)) column = besideOf(shown, column, by)
        if (column !== null) void this.board.move(this.board.held(id), { column, before: null })
        await this.go(id)
    }

    async go(id: string | undefined): Promise<void> {
        if (id === undefined) return
        this.board.focus = id
        await tick()
        const card = document.querySelector<HTMLElement>(`[data-stop="${id}"]`)
        card?.focus()
        card?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }
}
