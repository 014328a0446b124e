// Times, ages, distances and amounts of bytes for a person, in his language and time zone.
import { ageOf } from '@shared/ages'
import { locale, t } from './index.svelte'

const formats = new Map<string, Intl.DateTimeFormat>()
function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = locale() + JSON.stringify(options)
    const known = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options)
    formats.set(key, known)
    return known
}

const time = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
const day = { day: 'numeric', month: 'short' } as const

export const timeText = (ms: number) => dateFormat(time).format(ms)
export const shortTimeText = (ms: number) => dateFormat({ hour: '2-digit', minute: '2-digit' }).format(ms)
export const preciseTimeText = (ms: number) => dateFormat({ ...time, fractionalSecondDigits: 3 }).format(ms)
export const dayText = (ms: number) => dateFormat({ ...day, year: 'numeric' }).format(ms)
export const dateTimeText = (ms: number) => dateFormat({ ...day, ...time }).format(ms)

/** "12 s", "5 min"; with the word "ago" by agoText. */
export function ageText(ms: number): string {
    const { value, unit } = ageOf(ms)
    return t(`age.${unit}`, { n: value })
}
export function agoText(ms: number): string {
    return ms < 5_000 ? t('age.now') : t('age.ago', { age: ageText(ms) })
}

export function distanceText(metres: number): string {
    if (metres < 1_000) return t('unit.m', { n: Math.round(metres) })
    return t('unit.km', { n: Math.round(metres / 100) / 10 })
}

export function speedText(metresPerSecond: number | null): string {
    return metresPerSecond === null ? '—' : t('unit.kmh', { n: Math.round(metresPerSecond * 3.6) })
}

export function bytesText(bytes: number): string {
    if (bytes >= 1e9) return t('unit.gb', { n: Math.round(bytes / 1e8) / 10 })
    return t('unit.mb', { n: Math.round(bytes / 1e6) })
}
