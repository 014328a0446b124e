// Fingers and keys on the map: one finger moves it, two zoom it, a short touch chooses.
import type { Point } from '../lib/mercator'

export interface Moves {
    move(dx: number, dy: number): void
    zoom(steps: number, at?: Point): void
    touch(at: Point): void
}

const touchPx = 12 // a glove is never quite still
const keyPx = 80

export function gestures(canvas: HTMLCanvasElement, moves: Moves): void {
    const down = new Map<number, Point>()
    let wayPx = 0

    const here = (event: PointerEvent | WheelEvent): Point => ({ x: event.offsetX, y: event.offsetY })
    const spread = () => {
        const [a, b] = [...down.values()]
        return a && b ? { px: Math.hypot(a.x - b.x, a.y - b.y), mid: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } } : null
    }

    canvas.onpointerdown = (event) => {
        canvas.setPointerCapture(event.pointerId)
        if (down.size === 0) wayPx = 0
        down.set(event.pointerId, here(event))
    }
    canvas.onpointermove = (event) => {
        const from = down.get(event.pointerId)
        if (!from) return
        const to = here(event)
        const before = spread()
        down.set(event.pointerId, to)
        const after = spread()
        wayPx += Math.hypot(to.x - from.x, to.y - from.y)
        if (before && after) {
            wayPx = Infinity
            moves.move(after.mid.x - before.mid.x, after.mid.y - before.mid.y)
            if (before.px > 0 && after.px > 0) moves.zoom(Math.log2(after.px / before.px), after.mid)
        } else if (wayPx > touchPx) moves.move(to.x - from.x, to.y - from.y)
    }
    canvas.onpointerup = (event) => {
        const was = down.get(event.pointerId)
        down.delete(event.pointerId)
        if (was && wayPx <= touchPx) moves.touch(was)
    }
    canvas.onpointercancel = (event) => void down.delete(event.pointerId)
    canvas.onwheel = (event) => {
        event.preventDefault()
        moves.zoom(-event.deltaY / 300, here(event))
    }
    canvas.onkeydown = ({ key }) => {
        const step = ({ ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] } as Record<string, [number, number]>)[key]
        if (step) moves.move(step[0] * keyPx, step[1] * keyPx)
    }
}
