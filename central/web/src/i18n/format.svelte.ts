// Times, ages, distances and amounts of bytes for a person, in his language and time zone.
import { ageOf } from '@shared/ages'
import { dateFormat as sharedFormat } from '@shared/date_formats'
import { locale, t } from './index.svelte'

const dateFormat = (options: Intl.DateTimeFormatOptions) => sharedFormat(locale(), options)

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

/** A sum without kopecks when there are none: "1 290 ₽". */
export function moneyText(money: { minor: number; currency: string }): string {
    const digits = money.minor % 100 === 0 ? 0 : 2
    const options = { style: 'currency', currency: money.currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const
    return new Intl.NumberFormat(locale(), options).format(money.minor / 100)
}

/** "today, 10:00 – 14:00"; another day by its date. */
export function slotText(slot: { from_ms: number; to_ms: number }, nowMs: number): string {
    const times = `${shortTimeText(slot.from_ms)} – ${shortTimeText(slot.to_ms)}`
    return `${nearDayText(slot.from_ms, nowMs)}, ${times}`
}

export function nearDayText(ms: number, nowMs: number): string {
    const apart = Math.round((midnightOf(ms) - midnightOf(nowMs)) / 86_400_000)
    if (apart === 0) return t('day.today')
    if (apart === 1) return t('day.tomorrow')
    return apart === -1 ? t('day.yesterday') : dateFormat(day).format(ms)
}
const midnightOf = (ms: number) => new Date(ms).setHours(0, 0, 0, 0)

export function bytesText(bytes: number): string {
    if (bytes >= 1e9) return t('unit.gb', { n: Math.round(bytes / 1e8) / 10 })
    return t('unit.mb', { n: Math.round(bytes / 1e6) })
}
