// Names beside pins. Only what helps is named (selected, hovered, problems, and everybody when there is room), and no
// name covers another name or a pin.
import type { Canvas } from './shapes'
import type { Palette } from './palette'

export interface Name {
    x: number
    y: number
    text: string
    note: string // second part, in a softer ink: the age
    rank: number // the lower, the earlier it gets its place
    must: boolean // drawn even where it covers something
}

type Box = [left: number, top: number, right: number, bottom: number]

const height = 16

export class NamePlacer {
    private taken: Box[] = []

    /** Space that names must leave free. */
    block(x: number, y: number, radius: number): void {
        this.taken.push([x - radius, y - radius, x + radius, y + radius])
    }

    draw(canvas: Canvas, names: Name[], palette: Palette): void {
        canvas.save()
        canvas.textBaseline = 'middle'
        canvas.textAlign = 'left'
        canvas.lineJoin = 'round'
        for (const name of names.sort((a, b) => a.rank - b.rank)) this.drawOne(canvas, name, palette)
        canvas.restore()
    }

    private drawOne(canvas: Canvas, name: Name, palette: Palette): void {
        const bold = `600 12px ${palette.font}`
        const plain = `400 12px ${palette.font}`
        canvas.font = bold
        const textWidth = canvas.measureText(name.text).width
        canvas.font = plain
        const noteWidth = name.note ? canvas.measureText(name.note).width + 6 : 0
        const box = this.place(name, textWidth + noteWidth)
        if (!box) return
        this.taken.push(box)
        const y = (box[1] + box[3]) / 2
        canvas.strokeStyle = palette.halo
        canvas.lineWidth = 3.5
        canvas.font = bold
        canvas.strokeText(name.text, box[0], y)
        canvas.fillStyle = palette.ink
        canvas.fillText(name.text, box[0], y)
        if (!name.note) return
        canvas.font = plain
        canvas.strokeText(name.note, box[0] + textWidth + 6, y)
        canvas.fillStyle = palette.inkSoft
        canvas.fillText(name.note, box[0] + textWidth + 6, y)
    }

    private place(name: Name, width: number): Box | null {
        const { x, y } = name
        const at = (left: number, top: number): Box => [left, top, left + width, top + height]
        const tries = [
            at(x + 17, y - height / 2),
            at(x - width / 2, y + 15),
            at(x - 17 - width, y - height / 2),
            at(x - width / 2, y - 15 - height),
        ]
        const free = tries.find((box) => !this.taken.some((other) => overlap(box, other)))
        return free ?? (name.must ? (tries[0] as Box) : null)
    }
}

function overlap(a: Box, b: Box): boolean {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}
