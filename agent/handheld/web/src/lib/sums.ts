// Sums of money for a person. Pure.
import type { Money } from '../api/types'

/** A sum without kopecks when there are none: "1 290 ₽". */
export function sumText({ minor, currency }: Money, locale: string): string {
    const digits = minor % 100 === 0 ? 0 : 2
    const options = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const
    try {
        return new Intl.NumberFormat(locale, options).format(minor / 100)
    } catch {
        return `${(minor / 100).toFixed(digits)} ${currency}` // no such currency: the sum is still to be read
    }
}
