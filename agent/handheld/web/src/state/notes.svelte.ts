// Calls at the stops that are not done yet; outlives a reload of the page.
import { load, store } from '../lib/memory'
import { changed, kept, noNote, read, type StopNote, type StopNotes } from '../lib/stop_notes'
import { desk } from './desk.svelte'

class Notes {
    private all = $state.raw<StopNotes>(read(load('stops')))

    constructor() {
        desk.whenRead(({ work, now_ms }) => {
            const left = kept(this.all, work.tasks, now_ms)
            if (Object.keys(left).length !== Object.keys(this.all).length) this.keep(left)
        })
    }
    of(order: string): StopNote {
        return this.all[order] ?? noNote
    }
    change(order: string, change: Partial<StopNote>): void {
        this.keep(changed(this.all, order, { ...change, atMs: desk.nowMs }))
    }
    called(order: string): void {
        this.change(order, { calls: Math.min(255, this.of(order).calls + 1) })
    }
    private keep(notes: StopNotes): void {
        this.all = notes
        store('stops', JSON.stringify(notes))
    }
}

export const notes = new Notes()
