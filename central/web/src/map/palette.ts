// Colours of the canvas, read from the design tokens as the page now shows them (theme, contrast).
import type { LiveState } from '../api/types'

const tokens = {
    sea: '--map-sea', land: '--map-land', green: '--map-green', landuse: '--map-landuse',
    building: '--map-building', buildingLine: '--map-building-line',
    road: '--map-road', roadMain: '--map-road-main', roadLine: '--map-road-line', path: '--map-path', rail: '--map-rail',
    border: '--map-border', text: '--map-text', textStrong: '--map-text-strong', halo: '--map-halo',
    waterText: '--map-water-text',
    surface: '--surface', ink: '--ink', inkSoft: '--ink-soft', accent: '--accent', focus: '--focus',
    moving: '--moving', standing: '--standing', silent: '--silent', offline: '--offline', offShift: '--off-shift',
} as const

export type Palette = Record<keyof typeof tokens, string> & { font: string }

export function readPalette(): Palette {
    const probe = document.createElement('i')
    document.body.append(probe)
    const style = getComputedStyle(probe)
    const colour = (token: string) => {
        probe.style.color = `var(${token})`
        return style.color
    }
    const entries = Object.entries(tokens).map(([name, token]) => [name, colour(token)])
    const palette = { ...Object.fromEntries(entries), font: getComputedStyle(document.body).fontFamily } as Palette
    probe.remove()
    return palette
}

export function stateColour(palette: Palette, state: LiveState): string {
    return state === 'off_shift' || state === 'on_break' ? palette.offShift : palette[state]
}
