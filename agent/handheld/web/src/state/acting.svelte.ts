// One act at a time: asked, answered, and the state read anew before the screen goes on.
import { desk } from './desk.svelte'
import { notices } from './notice.svelte'

class Acting {
    busy = $state(false)

    /** True when it was saved. Otherwise the courier is told, and everything on the screen is still there. */
    async run(act: () => Promise<unknown>, tell = (error: unknown) => notices.refuse(error)): Promise<boolean> {
        if (this.busy) return false
        this.busy = true
        notices.close()
        try {
            await act()
            return true
        } catch (error) {
            tell(error)
            return false
        } finally {
            await desk.refresh()
            this.busy = false
        }
    }
}

export const acting = new Acting()
