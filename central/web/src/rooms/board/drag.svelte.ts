// Dragging stops with a mouse, pen or finger, by the browser's own drag and drop: listens above all columns, so that a
// board of a thousand stops has one of each listener.
import type { DispatchBoard } from './board.svelte'
import { nobody, type Target } from './moves'

const idOf = (target: EventTarget | null) => (target as Element | null)?.closest<HTMLElement>('[data-stop]')?.dataset['stop'] ?? null

export class Drag {
    over = $state.raw<Target | null>(null)

    constructor(private board: DispatchBoard) {}

    start = (event: DragEvent) => {
        const id = idOf(event.target)
        if (!id || !event.dataTransfer) return
        if (!this.board.selection.chosen.has(id)) this.board.select(id, 'only')
        const numbers = this.board.chosen.map((order) => order.number)
        event.dataTransfer.setData('text/plain', numbers.join(' '))
        event.dataTransfer.effectAllowed = 'move'
        if (numbers.length > 1) event.dataTransfer.setDragImage(badge(`${numbers[0]} + ${numbers.length - 1}`), 12, 12)
        this.board.dragging = true
    }

    above = (event: DragEvent) => {
        if (!this.board.dragging) return
        const target = this.targetAt(event)
        if (target) {
            event.preventDefault() // it may be dropped here
            if (event.dataTransfer) event.dataTransfer.dropEffect = 'move'
        }
        if (target?.column !== this.over?.column || target?.before !== this.over?.before) this.over = target
    }

    drop = (event: DragEvent) => {
        if (!this.board.dragging) return
        event.preventDefault()
        const target = this.targetAt(event)
        const chosen = this.board.selection.chosen
        this.end()
        if (target) void this.board.move(chosen, target)
    }

    end = () => {
        this.board.dragging = false
        this.over = null
        document.querySelector('.drag-badge')?.remove()
    }

    private targetAt(event: DragEvent): Target | null {
        const section = (event.target as Element | null)?.closest<HTMLElement>('[data-column]')
        const column = section?.dataset['column']
        if (!section || !column) return null
        if (this.board.shown?.couriers.find((one) => one.id === column)?.blocked) return null
        if (column === nobody) return { column, before: null }
        const cards = [...section.querySelectorAll<HTMLElement>('[data-stop]')]
        const below = cards.find((card) => {
            const { top, height } = card.getBoundingClientRect()
            return event.clientY < top + height / 2
        })
        return { column, before: below?.dataset['stop'] ?? null }
    }
}

/** What hangs at the pointer while several are dragged. */
function badge(text: string): HTMLElement {
    document.querySelector('.drag-badge')?.remove()
    const element = document.createElement('div')
    element.className = 'drag-badge chip good'
    element.textContent = text
    document.body.append(element)
    return element
}
