// One message over the screen: what was refused and why, or what a scan was. It stays until it is read.
import { Refused } from '../api/client'
import { has, t } from '../i18n/index.svelte'
import { sound } from '../lib/sounds'

export interface Notice {
    tone: 'good' | 'bad'
    title: string
    text: string
}

/** The words for a text of the agent; what this page does not know by its kind. */
export function problemText(detail: string, kind = ''): string {
    const key = `problem:${detail}`
    if (has(key)) return t(key)
    return has(`kind.${kind}`) ? t(`kind.${kind}` as 'kind.other') : t('kind.other')
}

class Notices {
    now = $state.raw<Notice | null>(null)

    show(notice: Notice): void {
        this.now = notice
        sound(notice.tone)
    }
    refuse(error: unknown): void {
        const refused = error instanceof Refused ? error : null
        const text = refused?.isUnanswered ? t('agent.unknown') : problemText(refused?.detail ?? '', refused?.kind)
        this.show({ tone: 'bad', title: text, text: '' })
    }
    close(): void {
        this.now = null
    }
}

export const notices = new Notices()
