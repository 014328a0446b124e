// Calls and money of the stops that are not done yet; outlives a reload of the page.
import { load, store } from '../lib/memory'
import { changed, kept, noNote, read, type StopNote, type StopNotes } from '../lib/stop_notes'
import { desk } from './desk.svelte'

class Notes {
    private all = $state.raw<StopNotes>(read(load('stops')))

    constructor() {
        desk.whenRead(({ work, status }) => {
            if (!status.shift) return // without a shift the list may be empty
            const left = kept(this.all, work.tasks)
            if (Object.keys(left).length !== Object.keys(this.all).length) this.keep(left)
        })
    }
    of(order: string): StopNote {
        return this.all[order] ?? noNote
    }
    change(order: string, change: Partial<StopNote>): void {
        this.keep(changed(this.all, order, change))
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
