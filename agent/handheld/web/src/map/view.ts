// Which part of the world the screen shows. Values; each change is a new view.
import type { Point } from '../lib/mercator'

export const tilePx = 256
export const leastZoom = 8
export const mostZoom = 18

export interface View {
    at: Point // what is in the middle
    zoom: number // the world is 256 · 2^zoom pixels wide
}
export interface Size {
    width: number
    height: number
}

const limited = (zoom: number) => Math.max(leastZoom, Math.min(mostZoom, zoom))
const scaleOf = (zoom: number) => tilePx * 2 ** zoom

export function onScreen(view: View, size: Size, { x, y }: Point): Point {
    const scale = scaleOf(view.zoom)
    return { x: (x - view.at.x) * scale + size.width / 2, y: (y - view.at.y) * scale + size.height / 2 }
}

export function moved(view: View, dx: number, dy: number): View {
    const scale = scaleOf(view.zoom)
    return { ...view, at: { x: view.at.x - dx / scale, y: view.at.y - dy / scale } }
}

/** What is under this point of the screen stays there. */
export function zoomed(view: View, size: Size, steps: number, { x, y }: Point = { x: size.width / 2, y: size.height / 2 }): View {
    const zoom = limited(view.zoom + steps)
    const [dx, dy] = [x - size.width / 2, y - size.height / 2]
    const shift = 1 / scaleOf(view.zoom) - 1 / scaleOf(zoom)
    return { zoom, at: { x: view.at.x + dx * shift, y: view.at.y + dy * shift } }
}

const marginPx = 60
const toolsPx = 50 // more at the right, where the buttons are

/** All these places with a margin around them; one alone from near by. */
export function fitting(points: Point[], size: Size): View | null {
    if (points.length === 0) return null
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
    const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    const room = (px: number, side: number) => Math.log2(Math.max(64, px - 2 * marginPx) / (tilePx * Math.max(side, 1e-9)))
    const zoom = Math.min(16, room(size.width - toolsPx, east - west), room(size.height, south - north))
    return moved({ zoom: limited(zoom), at: { x: (west + east) / 2, y: (north + south) / 2 } }, -toolsPx / 2, 0)
}

/** Tiles of one zoom that the screen needs, and where each of them lies on it. */
export function tilesOf(view: View, size: Size, least: number, most: number): { z: number; x: number; y: number; left: number; top: number; side: number }[] {
    const z = Math.max(least, Math.min(most, Math.floor(view.zoom + 0.3)))
    const side = tilePx * 2 ** (view.zoom - z)
    const count = 2 ** z
    const [midX, midY] = [view.at.x * count, view.at.y * count]
    const [reachX, reachY] = [size.width / 2 / side, size.height / 2 / side]
    const tiles = []
    for (let x = Math.floor(midX - reachX); x <= midX + reachX; ++x)
        for (let y = Math.floor(midY - reachY); y <= midY + reachY; ++y)
            tiles.push({ z, x, y, left: (x - midX) * side + size.width / 2, top: (y - midY) * side + size.height / 2, side })
    return tiles.slice(0, 64)
}
