// Fees, percentages and times of the day as people type them in tariffs and slots. Pure.
import { gramsOf, textOfMinor } from './amounts'

const mostFee = 1_000_000_000

/** `290,50` → 29050; an empty text is 0; null when it is no fee. */
export function feeOf(text: string): number | null {
    const bare = text.replace(/\s|₽/g, '')
    if (bare === '') return 0
    const match = /^(\d{1,8})(?:[.,](\d{1,2}))?$/.exec(bare)
    if (!match) return null
    const minor = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
    return minor <= mostFee ? minor : null
}

export const textOfFee = (minor: number | null): string => (minor === null || minor === 0 ? '' : textOfMinor(minor))

/** `1,5` → 150 hundredths of a percent. */
export function pointsOf(text: string): number | null {
    const fee = feeOf(text.replace('%', ''))
    return fee !== null && fee <= 10_000 ? fee : null
}

/** `18:30` → 1110; 24:00 is the end of the day. */
export function minuteOf(text: string): number | null {
    const match = /^(\d{1,2})[:.](\d\d)$/.exec(text.trim())
    if (!match) return null
    const minute = Number(match[1]) * 60 + Number(match[2])
    return Number(match[2]) < 60 && minute <= 1440 ? minute : null
}

export const textOfMinute = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** `12` → 12; null when it is no whole number, or above `most`. */
export function wholeOf(text: string, most: number): number | null {
    const bare = text.trim()
    return /^\d{1,9}$/.test(bare) && Number(bare) <= most ? Number(bare) : null
}

/** Grams as kilograms, as gramsOf() reads them. */
export function textOfGrams(grams: number): string {
    const text = String(grams / 1000).replace('.', ',')
    return gramsOf(text) === grams ? text : ''
}
