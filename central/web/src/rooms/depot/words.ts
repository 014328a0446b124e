// The words of the room, and which of them tells a scan. Pure but for the language.
import type { Goal, Scanned } from '../../api/types'
import { depot as en } from '../../i18n/en/depot'
import { haul as haulEn } from '../../i18n/en/haul'
import { learn, t } from '../../i18n/index.svelte'
import { depot as ru } from '../../i18n/ru/depot'
import { haul as haulRu } from '../../i18n/ru/haul'

learn({ ru: { ...ru, ...haulRu }, en: { ...en, ...haulEn } })

/** "C-1 · Ivan" */
export const courierText = ({ code, name }: { code: string; name: string }): string => `${code} · ${name}`

/** "C-1 · Ivan", "Southern", "Back to the sender" */
export function goalText(goal: Goal | null): string {
    if (!goal) return '?'
    if (goal.name === null) return t(`depot.goal.${goal.kind}`)
    return goal.code === null ? goal.name : courierText({ code: goal.code, name: goal.name })
}

/** "Taken in", "Planned for C-2, hand it out all the same?" */
export function wordText(scanned: Scanned): string {
    const name = scanned.holder?.name ?? scanned.parcel?.courier?.name ?? '?'
    switch (scanned.word) {
        case 'taken_from_courier':
        case 'confirm_with_other':
            return t(`depot.word.${scanned.word}`, { name })
        case 'confirm_other':
            return t('depot.word.confirm_other', { name: scanned.parcel?.courier?.name ?? '?' })
        case 'taken_extra':
            return scanned.registry ? t('depot.word.taken_other', { number: scanned.registry.number }) : t('depot.word.taken_extra')
        case 'confirm_not_his':
            return scanned.holder ? t('depot.word.confirm_others', { name }) : t('depot.word.confirm_not_his')
        case 'sorted':
        case 'goes_elsewhere':
        case 'confirm_elsewhere':
        case 'confirm_bag_goal':
            return t(`depot.word.${scanned.word}`, { name: goalText(scanned.goal) })
        case 'not_here':
            return scanned.holder ? t('depot.word.not_here_with', { name }) : t('depot.word.not_here')
        case 'sorted_in_bag':
        case 'in_other_bag':
        case 'in_bag':
            return t(`depot.word.${scanned.word}`, { number: scanned.bag?.number ?? '?' })
        case 'bag_taken':
        case 'bag_handed':
        case 'bag_loaded':
            return t(`depot.word.${scanned.word}`, { n: scanned.bag?.moved ?? 0 })
        case 'bag_partly':
            return t('depot.word.bag_partly', { moved: scanned.bag?.moved ?? 0, gone: scanned.bag?.gone ?? 0 })
        default:
            return t(`depot.word.${scanned.word}`)
    }
}
