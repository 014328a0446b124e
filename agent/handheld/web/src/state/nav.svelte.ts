// Which screen is shown, and where "back" leads.
import type { FloorTask } from '../api/types'

export type Screen =
    | { name: 'list' | 'take' | 'type' | 'return' | 'menu' | 'status' | 'end' | 'give' | 'invite' | 'chat' | 'access' }
    | { name: 'goods'; orders: string[] }
    | { name: 'stop' | 'map'; order: string } // of the map: the stop that is chosen, or empty
    | { name: 'floor'; what: FloorTask; of?: string | null; sub?: 'type' | 'strangers' | 'damage' } // of: a registry or courier, null: none; else it is chosen
    | { name: 'pay'; order: string }
    | { name: 'steps' | 'fail'; order: string; parcels: string[] }
    | { name: 'saved'; title: string; text: string; undo: Undo | null; after: Screen | null }

/** How what was saved can be taken back: the newest act of these parcels, or the money of an order. */
export type Undo = { parcels: string[]; then?: () => void } | { money: string }

class Nav {
    private stack = $state.raw<Screen[]>([{ name: 'list' }])
    lastOrder = '' // the stop that was open: its card has the focus when the list comes back

    get screen(): Screen {
        return this.stack.at(-1) ?? { name: 'list' }
    }
    get isHome(): boolean {
        return this.stack.length === 1
    }
    go(screen: Screen): void {
        if (screen.name === 'stop') this.lastOrder = screen.order
        this.stack = [...this.stack, screen]
    }
    back(): void {
        if (this.screen.name === 'saved') return this.leaveSaved()
        if (this.stack.length > 1) this.stack = this.stack.slice(0, -1)
    }
    home(): void {
        if (!this.isHome || this.screen.name !== 'list') this.stack = [{ name: 'list' }]
    }
    /** The list, and over it this screen: what was on the way is done with. */
    only(screen: Screen): void {
        if (screen.name === 'stop') this.lastOrder = screen.order
        this.stack = screen.name === 'list' ? [screen] : [{ name: 'list' }, screen]
    }
    private leaveSaved(): void {
        const { screen } = this
        this.only(screen.name === 'saved' && screen.after ? screen.after : { name: 'list' })
    }
}

export const nav = new Nav()
