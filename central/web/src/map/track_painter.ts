// Draws a track: what was recorded as a line, what came late in its own colour, holes dashed, and the replay's pin.
import type { Point } from './geo'
import { toPixel, type View } from './painter'
import type { Palette } from './palette'
import { drawPin, type Canvas } from './shapes'
import type { DecodedTrack, Hole, Moment, TrackLine } from './track'

const width = 3.5

export function paintTrack(canvas: Canvas, view: View, track: DecodedTrack, palette: Palette, untilMs: number): void {
    canvas.save()
    canvas.lineJoin = canvas.lineCap = 'round'
    for (const [colour, extra, alpha] of [
        [palette.surface, 3, 0.9],
        [null, 0, 1],
    ] as const) {
        for (const line of track.lines) {
            canvas.strokeStyle = colour ?? (line.late ? palette.silent : palette.accent)
            canvas.lineWidth = width + extra
            canvas.globalAlpha = alpha
            strokeLine(canvas, view, line, 0, untilMs)
        }
    }
    for (const line of track.lines) {
        // what the replay has not reached yet stays visible, only faintly
        canvas.strokeStyle = line.late ? palette.silent : palette.accent
        canvas.globalAlpha = 0.28
        strokeLine(canvas, view, line, untilMs, Infinity)
    }
    canvas.globalAlpha = 1
    for (const hole of track.holes) strokeHole(canvas, view, hole, palette)
    canvas.restore()
}

function strokeLine(canvas: Canvas, view: View, line: TrackLine, fromMs: number, toMs: number): void {
    canvas.beginPath()
    let last: [number, number] | null = null
    for (const point of line.points) {
        if (point.ms < fromMs || point.ms > toMs) continue
        const pixel = toPixel(view, point.at)
        if (last === null) canvas.moveTo(...pixel)
        else if (Math.abs(pixel[0] - last[0]) + Math.abs(pixel[1] - last[1]) < 1.5) continue
        else canvas.lineTo(...pixel)
        last = pixel
    }
    canvas.stroke()
}

function strokeHole(canvas: Canvas, view: View, hole: Hole, palette: Palette): void {
    if (!hole.from || !hole.to) return
    canvas.beginPath()
    canvas.moveTo(...toPixel(view, hole.from))
    canvas.lineTo(...toPixel(view, hole.to))
    canvas.setLineDash([])
    canvas.lineWidth = width + 2
    canvas.strokeStyle = palette.surface
    canvas.globalAlpha = 0.7
    canvas.stroke()
    canvas.setLineDash([2, 7])
    canvas.lineWidth = 3
    canvas.strokeStyle = hole.reason === 'lost' ? palette.offline : palette.inkSoft
    canvas.globalAlpha = 1
    canvas.stroke()
    canvas.setLineDash([])
}

export function paintMoment(canvas: Canvas, view: View, moment: Moment, palette: Palette): void {
    if (!moment.at) return
    const [x, y] = toPixel(view, moment.at)
    const speed = moment.point?.speed ?? null
    const state = moment.hole ? 'offline' : speed !== null && speed < 0.7 ? 'standing' : 'moving'
    const look = { state, course: moment.point?.course ?? null, stale: false, selected: true, hovered: false } as const
    drawPin(canvas, x, y, look, palette)
}

/** Where facts happened: small flags with the symbol of the fact. */
export function paintMark(canvas: Canvas, view: View, at: Point, palette: Palette): void {
    const [x, y] = toPixel(view, at)
    canvas.save()
    canvas.beginPath()
    canvas.roundRect(x - 5, y - 5, 10, 10, 2)
    canvas.fillStyle = palette.ink
    canvas.strokeStyle = palette.surface
    canvas.lineWidth = 3
    canvas.stroke()
    canvas.fill()
    canvas.restore()
}
