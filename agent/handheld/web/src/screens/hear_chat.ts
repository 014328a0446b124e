// A message of the dispatcher is heard and seen whatever screen is open; what was there when the page opened is not news.
import type { State } from '../api/types'
import { t } from '../i18n/index.svelte'
import { sound } from '../lib/sounds'
import { nav } from '../state/nav.svelte'
import { notices } from '../state/notice.svelte'

const most = 90 // characters: the screen behind stays in use
const shortened = (text: string) => ([...text].length > most ? `${[...text].slice(0, most).join('')}…` : text)

let known: string | null = null

export function hearChat({ chat, status }: State): void {
    const last = chat.messages.findLast((message) => message.new)
    const isNews = known !== null && last && last.id !== known && status.shift
    known = last?.id ?? known ?? ''
    if (!isNews) return
    if (nav.screen.name === 'chat') sound('good')
    else notices.show({ tone: 'good', title: t('chat.who', { name: last.name }), text: shortened(last.text) })
}
