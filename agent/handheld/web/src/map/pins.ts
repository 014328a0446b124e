// What is drawn over the streets: the stops by their numbers, depots, and the courier himself.
import type { Place } from '../api/types'
import { pointOf } from '../lib/mercator'
import { onScreen, type Size, type View } from './view'

export interface Pin {
    order: string
    number: number
    place: Place
    isBack: boolean // to be taken back, or nothing of it on board yet
}
export interface Own {
    place: Place
    accuracyM: number | null
    isOld: boolean
}
export interface Scene {
    pins: Pin[]
    chosen: string
    depots: Place[]
    own: Own | null
}

const ink = '#000000'
const paper = '#ffffff'
const go = '#ffd400'
const blue = '#003a9e'
const pinPx = 23

function disc(brush: CanvasRenderingContext2D, x: number, y: number, radius: number, fill: string, edge: string, width: number): void {
    brush.beginPath()
    brush.arc(x, y, radius, 0, 2 * Math.PI)
    brush.fillStyle = fill
    brush.fill()
    brush.lineWidth = width
    brush.strokeStyle = edge
    brush.stroke()
}

function drawOwn(brush: CanvasRenderingContext2D, view: View, size: Size, own: Own): void {
    const { x, y } = onScreen(view, size, pointOf(own.place))
    const metrePx = (256 * 2 ** view.zoom) / (40_075_017 * Math.cos((own.place.lat * Math.PI) / 180))
    const radius = Math.min(2_000, (own.accuracyM ?? 0) * metrePx)
    if (radius > 20) {
        brush.globalAlpha = 0.18
        disc(brush, x, y, radius, blue, blue, 1)
        brush.globalAlpha = 1
    }
    disc(brush, x, y, 15, paper, blue, 4)
    if (!own.isOld) disc(brush, x, y, 9, blue, blue, 1)
}

function drawDepot(brush: CanvasRenderingContext2D, x: number, y: number): void {
    brush.fillStyle = ink
    brush.fillRect(x - 14, y - 14, 28, 28)
    brush.strokeStyle = paper
    brush.lineWidth = 3
    brush.strokeRect(x - 8, y - 2, 16, 10)
    brush.beginPath()
    brush.moveTo(x - 11, y - 2)
    brush.lineTo(x, y - 10)
    brush.lineTo(x + 11, y - 2)
    brush.stroke()
}

export function drawScene(brush: CanvasRenderingContext2D, view: View, size: Size, scene: Scene): void {
    for (const place of scene.depots) {
        const { x, y } = onScreen(view, size, pointOf(place))
        drawDepot(brush, x, y)
    }
    brush.textAlign = 'center'
    brush.textBaseline = 'middle'
    // The first stops over the later ones, the chosen one over all.
    const order = [...scene.pins].reverse().sort((a, b) => Number(a.order === scene.chosen) - Number(b.order === scene.chosen))
    for (const pin of order) {
        const { x, y } = onScreen(view, size, pointOf(pin.place))
        const isChosen = pin.order === scene.chosen
        disc(brush, x, y, isChosen ? pinPx + 6 : pinPx, isChosen ? ink : pin.isBack ? paper : go, isChosen ? go : ink, isChosen ? 5 : 3)
        brush.fillStyle = isChosen ? paper : ink
        brush.font = `800 ${isChosen ? 28 : 24}px sans-serif`
        brush.fillText(pin.number > 0 ? String(pin.number) : '↩', x, y + 1)
    }
    if (scene.own) drawOwn(brush, view, size, scene.own)
}

/** The pin that is touched: the nearest one under the finger. */
export function pinAt(view: View, size: Size, pins: Pin[], at: { x: number; y: number }): Pin | null {
    const reach = pinPx + 14
    let best: Pin | null = null
    let bestPx = reach
    for (const pin of pins) {
        const { x, y } = onScreen(view, size, pointOf(pin.place))
        const px = Math.hypot(x - at.x, y - at.y)
        if (px < bestPx) [best, bestPx] = [pin, px]
    }
    return best
}
