// How the pin of a form looks: a drop whose tip is the place.
import type { Coordinate } from 'ol/coordinate'
import { Style } from 'ol/style'
import type { Palette } from './palette'

export const pinHeight = 34

export function pinStyle(palette: Palette): Style {
    const style = new Style()
    style.setRenderer((at, { context, pixelRatio }) => {
        const [x, y] = at as Coordinate as [number, number]
        context.save()
        context.translate(x, y)
        context.scale(pixelRatio, pixelRatio)
        context.beginPath()
        context.moveTo(0, 0)
        context.bezierCurveTo(-4, -8, -11, -13, -11, -22)
        context.arc(0, -22, 11, Math.PI, 0)
        context.bezierCurveTo(11, -13, 4, -8, 0, 0)
        context.closePath()
        context.lineWidth = 3
        context.strokeStyle = palette.surface
        context.stroke()
        context.fillStyle = palette.accent
        context.fill()
        context.beginPath()
        context.arc(0, -22, 4, 0, 2 * Math.PI)
        context.fillStyle = palette.surface
        context.fill()
        context.restore()
    })
    return style
}
