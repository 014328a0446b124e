// The words for what a scan in the "take" mode was.
import { t } from '../i18n/index.svelte'
import { problemText } from '../state/notice.svelte'
import type { Taken } from '../state/taking.svelte'

export function scanWords({ scan, isMine }: Taken): { title: string; text: string; isFine: boolean } {
    const why = scan.why ? problemText(scan.why) : ''
    if (scan.outcome === 'bad') return { title: t('scan.bad'), text: why || t('scan.bad_more'), isFine: false }
    if (scan.outcome === 'unexpected') return { title: t('scan.unexpected'), text: why || t('scan.unexpected_more'), isFine: false }
    if (scan.outcome === 'known') return { title: t('scan.known'), text: '', isFine: true }
    if (why) return { title: t('scan.refused'), text: why, isFine: false }
    return isMine ? { title: t('scan.good'), text: '', isFine: true } : { title: t('scan.found'), text: t('scan.found_more'), isFine: false }
}
