// Weekdays as bits: 1 Monday … 64 Sunday. Pure, but for the words.
import { t } from '../../i18n/index.svelte'

export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6
export const weekdays: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6]
export const isOn = (bits: number, day: Weekday) => ((bits >> day) & 1) === 1
export const turned = (bits: number, day: Weekday) => bits ^ (1 << day)

export function weekdaysText(bits: number): string {
    if (bits === 127) return t('weekdays.all')
    return weekdays.filter((day) => isOn(bits, day)).map((day) => t(`weekday.${day}`)).join(', ')
}
