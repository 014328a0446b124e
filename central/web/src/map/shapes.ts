// How pins look: each state has its own shape besides its colour. Draws on a 2D canvas, knows no map.
import type { LiveState } from '../api/types'
import { states } from '../lib/couriers'
import { stateColour, type Palette } from './palette'

export type Canvas = CanvasRenderingContext2D

export interface PinLook {
    state: LiveState
    course: number | null
    stale: boolean // older than 30 s: paler
    selected: boolean
    hovered: boolean
}

export function drawPin(canvas: Canvas, x: number, y: number, look: PinLook, palette: Palette): void {
    canvas.save()
    canvas.translate(x, y)
    if (look.selected || look.hovered) drawFocus(canvas, look.selected, palette)
    canvas.globalAlpha = look.stale && look.state !== 'offline' ? 0.7 : 1
    const colour = stateColour(palette, look.state)
    if (look.state === 'moving') drawArrow(canvas, look.course, colour, palette)
    else if (look.state === 'standing') drawStop(canvas, colour, palette)
    else if (look.state === 'silent') drawSilent(canvas, colour, palette)
    else if (look.state === 'on_break') drawBreak(canvas, colour, palette)
    else drawHollow(canvas, colour, palette)
    canvas.restore()
}

function drawFocus(canvas: Canvas, selected: boolean, palette: Palette): void {
    disc(canvas, 19)
    canvas.globalAlpha = selected ? 0.95 : 0.7
    canvas.lineWidth = selected ? 2.5 : 1.5
    canvas.strokeStyle = palette.ink
    canvas.stroke()
    canvas.globalAlpha = 1
}

function disc(canvas: Canvas, radius: number): void {
    canvas.beginPath()
    canvas.arc(0, 0, radius, 0, 2 * Math.PI)
}

function rim(canvas: Canvas, palette: Palette): void {
    canvas.lineWidth = 4
    canvas.lineJoin = 'round'
    canvas.strokeStyle = palette.surface
    canvas.stroke()
}

function drawArrow(canvas: Canvas, course: number | null, colour: string, palette: Palette): void {
    if (course === null) {
        disc(canvas, 8)
    } else {
        canvas.rotate((course * Math.PI) / 180)
        canvas.beginPath()
        canvas.moveTo(0, -12)
        canvas.lineTo(8.5, 9)
        canvas.lineTo(0, 4.5)
        canvas.lineTo(-8.5, 9)
        canvas.closePath()
    }
    rim(canvas, palette)
    canvas.fillStyle = colour
    canvas.fill()
}

function drawStop(canvas: Canvas, colour: string, palette: Palette): void {
    canvas.beginPath()
    canvas.roundRect(-7.5, -7.5, 15, 15, 4)
    rim(canvas, palette)
    canvas.fillStyle = colour
    canvas.fill()
    canvas.fillStyle = palette.surface
    canvas.fillRect(-3.2, -3.5, 2.2, 7)
    canvas.fillRect(1, -3.5, 2.2, 7)
}

function drawSilent(canvas: Canvas, colour: string, palette: Palette): void {
    disc(canvas, 8)
    rim(canvas, palette)
    canvas.fillStyle = palette.surface
    canvas.fill()
    canvas.strokeStyle = colour
    canvas.lineWidth = 2.4
    canvas.setLineDash([3.4, 2.9])
    canvas.stroke()
    canvas.setLineDash([])
    disc(canvas, 3)
    canvas.fillStyle = colour
    canvas.fill()
}

function drawBreak(canvas: Canvas, colour: string, palette: Palette): void {
    disc(canvas, 8)
    rim(canvas, palette)
    canvas.fillStyle = palette.surface
    canvas.fill()
    canvas.strokeStyle = colour
    canvas.lineWidth = 2.2
    canvas.stroke()
    canvas.fillStyle = colour
    canvas.fillRect(-3.4, -3.6, 2.2, 7.2)
    canvas.fillRect(1.2, -3.6, 2.2, 7.2)
}

function drawHollow(canvas: Canvas, colour: string, palette: Palette): void {
    disc(canvas, 8)
    rim(canvas, palette)
    canvas.fillStyle = palette.surface
    canvas.fill()
    canvas.strokeStyle = colour
    canvas.lineWidth = 2.6
    canvas.stroke()
    canvas.beginPath()
    canvas.moveTo(-5.6, 5.6)
    canvas.lineTo(5.6, -5.6)
    canvas.stroke()
}

/** A group: how many, and in the ring which states they are in, problems first from the top. */
export function drawCluster(
    canvas: Canvas,
    x: number,
    y: number,
    radius: number,
    counts: Record<LiveState, number>,
    hovered: boolean,
    palette: Palette,
): void {
    const total = states.reduce((sum, state) => sum + counts[state], 0)
    canvas.save()
    canvas.translate(x, y)
    disc(canvas, radius + (hovered ? 3 : 1.5))
    canvas.fillStyle = palette.surface
    canvas.fill()
    let angle = -Math.PI / 2
    for (const state of states) {
        if (counts[state] === 0) continue
        const next = angle + (counts[state] / total) * 2 * Math.PI
        canvas.beginPath()
        canvas.arc(0, 0, radius - 2.5, angle, next)
        canvas.lineWidth = 5
        canvas.strokeStyle = stateColour(palette, state)
        canvas.stroke()
        angle = next
    }
    canvas.fillStyle = palette.ink
    canvas.font = `600 ${total > 99 ? 12 : 13}px ${palette.font}`
    canvas.textAlign = 'center'
    canvas.textBaseline = 'middle'
    canvas.fillText(String(total), 0, 0.5)
    canvas.restore()
}

/** The ring a silent courier may be in. */
export function drawReach(
    canvas: Canvas,
    x: number,
    y: number,
    radius: number,
    look: { strength: number; capped: boolean; filled: boolean },
    colour: string,
): void {
    if (radius < 10) return
    const { strength, capped, filled } = look
    canvas.save()
    canvas.beginPath()
    canvas.arc(x, y, radius, 0, 2 * Math.PI)
    canvas.fillStyle = colour
    canvas.globalAlpha = 0.05 + 0.1 * strength
    if (filled) canvas.fill()
    canvas.globalAlpha = (filled ? 0.35 : 0.15) + 0.35 * strength
    canvas.strokeStyle = colour
    canvas.lineWidth = 1.5
    if (capped) canvas.setLineDash([2, 6])
    canvas.stroke()
    canvas.restore()
}
