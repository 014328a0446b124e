// Streets out of the pack that the agent keeps (docs/handheld.md): Mapbox Vector Tiles, drawn in black, white and blue.
import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile'
import Pbf from 'pbf'
import type { Streets as Pack } from '../api/types'
import { tilesOf, type Size, type View } from './view'

const mostKept = 80
// The classes of central/maps/tag_rules.hpp; what is not named is a path.
const roadPx: Record<string, number> = { motorway: 7, trunk: 7, primary: 6, secondary: 5, tertiary: 4, residential: 3, service: 2 }

type Tile = Awaited<ReturnType<typeof read>>
type Place = { left: number; top: number; side: number }

async function read(z: number, x: number, y: number): Promise<VectorTile | null> {
    const answer = await fetch(`/tiles/${z}/${x}/${y}.mvt`)
    if (answer.status !== 200) return null
    return new VectorTile(new Pbf(new Uint8Array(await answer.arrayBuffer())))
}

export class Streets {
    private kept = new Map<string, Tile | 'asked'>()

    constructor(
        readonly pack: Pack,
        private changed: () => void,
    ) {}

    draw(brush: CanvasRenderingContext2D, view: View, size: Size): void {
        const tiles = tilesOf(view, size, this.pack.min_zoom, this.pack.max_zoom)
        const there = tiles.map((place) => ({ place, tile: this.tile(place.z, place.x, place.y) })).filter(({ tile }) => tile)
        for (const layer of ['green', 'water', 'building', 'road'])
            for (const { place, tile } of there) if (tile) drawLayer(brush, tile, layer, place, view.zoom)
        if (view.zoom >= 14.5) {
            const names = new Set<string>()
            for (const { place, tile } of there) if (tile) drawNames(brush, tile, place, names)
            if (view.zoom >= 16.5) for (const { place, tile } of there) if (tile) drawHouses(brush, tile, place)
        }
    }

    private tile(z: number, x: number, y: number): VectorTile | null {
        const name = `${z}/${x}/${y}`
        const kept = this.kept.get(name)
        if (kept !== undefined) return kept === 'asked' ? null : kept
        if (this.kept.size >= mostKept) this.kept.delete(this.kept.keys().next().value ?? '')
        this.kept.set(name, 'asked')
        void read(z, x, y)
            .catch(() => null)
            .then((tile) => {
                this.kept.set(name, tile)
                if (tile) this.changed()
            })
        return null
    }
}

function trace(brush: CanvasRenderingContext2D, feature: VectorTileFeature, { left, top, side }: Place): void {
    const scale = side / feature.extent
    for (const line of feature.loadGeometry())
        line.forEach(({ x, y }, i) => (i === 0 ? brush.moveTo(left + x * scale, top + y * scale) : brush.lineTo(left + x * scale, top + y * scale)))
}

function drawLayer(brush: CanvasRenderingContext2D, tile: VectorTile, name: string, place: Place, zoom: number): void {
    const layer = tile.layers[name]
    if (!layer || (name === 'building' && zoom < 15)) return
    brush.save()
    brush.beginPath()
    brush.rect(place.left, place.top, place.side, place.side)
    brush.clip()
    for (let i = 0; i < layer.length; ++i) {
        const feature = layer.feature(i)
        brush.beginPath()
        trace(brush, feature, place)
        if (name === 'road') drawRoad(brush, String(feature.properties['class'] ?? ''), zoom)
        else drawArea(brush, name, feature.type)
    }
    brush.restore()
}

function drawArea(brush: CanvasRenderingContext2D, name: string, type: number): void {
    if (type === 2) {
        brush.strokeStyle = '#8fb4ff'
        brush.lineWidth = 2
        return brush.stroke()
    }
    brush.fillStyle = name === 'water' ? '#b9d2ff' : name === 'green' ? '#e4f3d8' : '#f1e9dc'
    brush.fill('evenodd')
    if (name !== 'building') return
    brush.strokeStyle = '#7a6a50'
    brush.lineWidth = 1
    brush.stroke()
}

function drawRoad(brush: CanvasRenderingContext2D, name: string, zoom: number): void {
    const width = (roadPx[name] ?? 1.5) * 2 ** Math.max(-1.5, Math.min(2, (zoom - 15) * 0.6))
    brush.lineCap = 'round'
    brush.lineJoin = 'round'
    brush.strokeStyle = '#000000'
    brush.lineWidth = width < 3 ? width * 0.7 : width + 2
    brush.stroke()
    if (width < 3) return
    brush.strokeStyle = '#ffffff'
    brush.lineWidth = width
    brush.stroke()
}

/** A street's name along its longest straight piece, once on the screen. */
function drawNames(brush: CanvasRenderingContext2D, tile: VectorTile, { left, top, side }: Place, done: Set<string>): void {
    const layer = tile.layers['road']
    if (!layer) return
    brush.font = '600 18px sans-serif'
    brush.textAlign = 'center'
    brush.textBaseline = 'middle'
    for (let i = 0; i < layer.length; ++i) {
        const feature = layer.feature(i)
        const name = feature.properties['name']
        if (typeof name !== 'string' || done.has(name)) continue
        const piece = longestPiece(feature, side / feature.extent)
        if (!piece || piece.length < 8 * name.length) continue
        done.add(name)
        brush.save()
        brush.translate(left + piece.x, top + piece.y)
        brush.rotate(piece.angle)
        brush.lineWidth = 5
        brush.strokeStyle = '#ffffff'
        brush.strokeText(name, 0, 0)
        brush.fillStyle = '#000000'
        brush.fillText(name, 0, 0)
        brush.restore()
    }
}

function drawHouses(brush: CanvasRenderingContext2D, tile: VectorTile, { left, top, side }: Place): void {
    const layer = tile.layers['housenumber']
    if (!layer) return
    brush.font = '600 18px sans-serif'
    brush.fillStyle = '#000000'
    for (let i = 0; i < layer.length; ++i) {
        const feature = layer.feature(i)
        const [at] = feature.loadGeometry()[0] ?? []
        if (at) brush.fillText(String(feature.properties['number'] ?? ''), left + (at.x * side) / feature.extent, top + (at.y * side) / feature.extent)
    }
}

function longestPiece(feature: VectorTileFeature, scale: number): { x: number; y: number; angle: number; length: number } | null {
    let best = null as ReturnType<typeof longestPiece>
    for (const line of feature.loadGeometry())
        for (let i = 1; i < line.length; ++i) {
            const [a, b] = [line[i - 1], line[i]]
            if (!a || !b) continue
            const [dx, dy] = [(b.x - a.x) * scale, (b.y - a.y) * scale]
            const length = Math.hypot(dx, dy)
            if (best && best.length >= length) continue
            const angle = Math.atan2(dy, dx)
            const upright = Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle // never upside down
            best = { x: ((a.x + b.x) / 2) * scale, y: ((a.y + b.y) / 2) * scale, angle: upright, length }
        }
    return best
}
