// Draws the scene over the map: reach rings, track, groups, pins, names. One canvas, redrawn whole.
import { countStates, isProblem } from '../lib/couriers'
import { stretch, type Point } from './geo'
import { NamePlacer, type Name } from './names'
import { stateColour, type Palette } from './palette'
import { reachOf } from './reach'
import { isSpread, spreadPlaces, type Group, type Scene, type Standing } from './scene'
import { drawCluster, drawPin, drawReach, type Canvas } from './shapes'

export interface View {
    center: Point
    resolution: number
    width: number // CSS pixels
    height: number
    zoom: number
}

/** What the pointer can hit: one courier, or a group. */
export interface Target {
    x: number
    y: number
    radius: number
    ids: string[]
}

export interface PaintInput {
    scene: Scene
    palette: Palette
    nowMs: number // central's clock, for ages
    drawMs: number // own clock, for motion
    hovered: string | null
    ageText: (ms: number) => string
}

const staleMs = 30_000
const namesFromZoom = 15

export function toPixel(view: View, [x, y]: Point): [number, number] {
    return [
        view.width / 2 + (x - view.center[0]) / view.resolution,
        view.height / 2 - (y - view.center[1]) / view.resolution,
    ]
}

export function paintScene(canvas: Canvas, view: View, input: PaintInput): Target[] {
    const painter = new Painter(canvas, view, input)
    return painter.paint()
}

class Painter {
    private targets: Target[] = []
    private names: Name[] = []
    private placer = new NamePlacer()

    constructor(
        private canvas: Canvas,
        private view: View,
        private input: PaintInput,
    ) {}

    paint(): Target[] {
        const groups = this.input.scene.groupsAt(this.view.resolution).filter((group) => this.inSight(group))
        this.canvas.save()
        for (const group of groups) if (group.members.length === 1) this.paintReach(group.members[0] as Standing)
        for (const group of groups) this.paintGroup(group)
        this.placer.draw(this.canvas, this.names, this.input.palette)
        this.canvas.restore()
        return this.targets
    }

    private inSight(group: Group): boolean {
        const [x, y] = toPixel(this.view, group.center)
        const margin = 120
        const solo = group.members.length === 1 && isProblem((group.members[0] as Standing).courier.state)
        return solo || (x > -margin && y > -margin && x < this.view.width + margin && y < this.view.height + margin)
    }

    private paintReach({ courier, motion }: Standing): void {
        const { nowMs, palette, scene } = this.input
        if (courier.fixMs === null || courier.lat === null) return
        const chosen = courier.id === scene.selected || courier.id === this.input.hovered
        if (!isProblem(courier.state) && !chosen) return
        if (courier.state === 'on_break') return // nobody asks where he is now
        const reach = reachOf(nowMs - courier.fixMs, courier.speed, courier.accuracy)
        if (!reach || (reach.capped && !chosen)) return // a ring that covers the town says nothing unasked
        const [x, y] = toPixel(this.view, motion.newest.at)
        const radius = (reach.metres * stretch(courier.lat)) / this.view.resolution
        const look = { strength: reach.strength, capped: reach.capped, filled: chosen }
        drawReach(this.canvas, x, y, radius, look, stateColour(palette, courier.state))
    }

    private paintGroup(group: Group): void {
        const [x, y] = toPixel(this.view, group.center)
        if (group.members.length === 1) return this.paintPin(group.members[0] as Standing)
        if (isSpread(group, this.view.zoom)) return this.paintSpread(group, x, y)
        const ids = group.members.map(({ courier }) => courier.id)
        const hovered = this.input.hovered !== null && ids.includes(this.input.hovered)
        const counts = countStates(group.members.map(({ courier }) => courier))
        drawCluster(this.canvas, x, y, group.radius, counts, hovered, this.input.palette)
        this.placer.block(x, y, group.radius)
        this.targets.push({ x, y, radius: group.radius, ids })
    }

    private paintSpread(group: Group, x: number, y: number): void {
        const places = spreadPlaces(group)
        this.canvas.strokeStyle = this.input.palette.inkSoft
        this.canvas.lineWidth = 1
        for (const [dx, dy] of places) {
            this.canvas.beginPath()
            this.canvas.moveTo(x, y)
            this.canvas.lineTo(x + dx, y + dy)
            this.canvas.stroke()
        }
        group.members.forEach((member, i) => {
            const [dx, dy] = places[i] as [number, number]
            this.paintPinAt(member, x + dx, y + dy)
        })
    }

    private paintPin(standing: Standing): void {
        const [x, y] = toPixel(this.view, standing.motion.at(this.input.drawMs))
        this.paintPinAt(standing, x, y)
    }

    private paintPinAt({ courier }: Standing, x: number, y: number): void {
        const { scene, palette, nowMs } = this.input
        const age = nowMs - (courier.fixMs ?? nowMs)
        const selected = courier.id === scene.selected
        const hovered = courier.id === this.input.hovered
        const problem = isProblem(courier.state)
        const look = { state: courier.state, course: courier.course, stale: age > staleMs, selected, hovered }
        drawPin(this.canvas, x, y, look, palette)
        this.placer.block(x, y, 12)
        this.targets.push({ x, y, radius: 13, ids: [courier.id] })
        if (!selected && !hovered && !problem && this.view.zoom < namesFromZoom) return
        this.names.push({
            x,
            y,
            text: shortName(courier.name),
            note: problem || (selected && age > staleMs) ? this.input.ageText(age) : '',
            rank: selected ? 0 : hovered ? 1 : problem ? 2 : 3,
            must: selected || hovered,
        })
    }
}

/** "Кузнецова Анна Петровна" → "Кузнецова А." */
export function shortName(name: string): string {
    const [family, given] = name.split(/\s+/)
    return given ? `${family} ${given[0]}.` : name
}
