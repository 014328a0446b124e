// Times, ages, sums and amounts for a person, in his language and the time zone of this device.
import { ageOf } from '@shared/ages'
import { dateFormat as sharedFormat } from '@shared/date_formats'
import type { Money } from '../api/types'
import { sumText } from '../lib/sums'
import { locale, t } from './index.svelte'

const dateFormat = (options: Intl.DateTimeFormatOptions) => sharedFormat(locale(), options)

const two = (n: number) => String(n).padStart(2, '0')

/** "09:05" in both languages; by hand, because the list needs it at once and a format is slow to make. */
export function timeText(ms: number): string {
    const date = new Date(ms)
    return `${two(date.getHours())}:${two(date.getMinutes())}`
}
export const dayText = (ms: number) => dateFormat({ weekday: 'short', day: 'numeric', month: 'long' }).format(ms)
export const weekdayText = (ms: number) => dateFormat({ weekday: 'short', day: 'numeric', month: 'short' }).format(ms)
const shortDay = (ms: number) => dateFormat({ day: 'numeric', month: 'short' }).format(ms)

export function ageText(ms: number): string {
    const { value, unit } = ageOf(ms)
    return t(`age.${unit}`, { n: value })
}
export const agoText = (ms: number) => (ms < 5_000 ? t('age.now') : t('age.ago', { age: ageText(ms) }))
export const minutesText = (minutes: number) => ageText(minutes * 60_000)

export const keptText = (untilMs: number, nowMs: number) => (untilMs < nowMs ? t('point.over') : t('point.until', { day: shortDay(untilMs) }))

export const moneyText = (money: Money) => sumText(money, locale())

/** "10:00 – 14:00"; another day than today with its date. */
export function slotText(slot: { from_ms: number | null; to_ms: number | null }, nowMs: number): string {
    const ends = [slot.from_ms, slot.to_ms].filter((ms): ms is number => ms !== null)
    if (ends.length === 0) return t('slot.any')
    const first = ends[0] ?? nowMs
    const day = new Date(first).toDateString() === new Date(nowMs).toDateString() ? '' : shortDay(first) + ', '
    return day + ends.map(timeText).join(' – ')
}

export const distanceText = (metres: number) => (metres < 1_000 ? t('unit.m', { n: Math.round(metres) }) : t('unit.km', { n: Math.round(metres / 100) / 10 }))
export const bytesText = (bytes: number) => (bytes >= 1e9 ? t('unit.gb', { n: Math.round(bytes / 1e8) / 10 }) : t('unit.mb', { n: Math.round(bytes / 1e6) }))
