// The words of the room come with it.
import { chat as enChat } from '../../i18n/en/chat'
import { map as enMap } from '../../i18n/en/map'
import { learn } from '../../i18n/index.svelte'
import { chat as ruChat } from '../../i18n/ru/chat'
import { map as ruMap } from '../../i18n/ru/map'

learn({ ru: { ...ruChat, ...ruMap }, en: { ...enChat, ...enMap } })
