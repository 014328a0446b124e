// A line of a price in the words of the person who reads it; the words of prices and slots come with it.
import type { PriceLine } from '../api/types'
import { moneyText } from '../i18n/format.svelte'
import { prices as en } from '../i18n/en/prices'
import { learn, locale, t, type Key } from '../i18n/index.svelte'
import { prices as ru } from '../i18n/ru/prices'
import { textOfMinute } from './fees'

learn({ ru, en })

const number = (value: number) => value.toLocaleString(locale(), { maximumFractionDigits: 3 })

export function lineText(line: PriceLine, currency: string): string {
    const { kind, what, measure, bound } = line
    const sum = (minor: number) => moneyText({ minor, currency })
    switch (kind) {
        case 'base':
            return what ? t('price.line.base_in', { what }) : t('price.line.base')
        case 'weight':
            return t(bound ? 'price.line.weight' : 'price.line.weight_over', { weight: number(measure / 1000), bound: number(bound / 1000) })
        case 'size':
            return t('price.line.size', { what: t(`size.${what}` as Key) })
        case 'short_slot':
            return t('price.line.short_slot', { measure })
        case 'late_slot':
            return t('price.line.late_slot', { from: textOfMinute(bound) })
        case 'minimum':
            return t('price.line.minimum', { sum: sum(measure) })
        case 'free':
            return t('price.line.free', { sum: sum(bound) })
        case 'cash':
            return t('price.line.cash', { percent: number(bound / 100), sum: sum(measure) })
    }
}
