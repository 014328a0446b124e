// The words of the room, and which of them tells a scan. Pure but for the language.
import type { Scanned } from '../../api/types'
import { depot as en } from '../../i18n/en/depot'
import { learn, t } from '../../i18n/index.svelte'
import { depot as ru } from '../../i18n/ru/depot'

learn({ ru, en })

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
        default:
            return t(`depot.word.${scanned.word}`)
    }
}
