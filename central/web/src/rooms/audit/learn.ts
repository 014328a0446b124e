// The words of the room come with it.
import { audit as en } from '../../i18n/en/audit'
import { learn } from '../../i18n/index.svelte'
import { audit as ru } from '../../i18n/ru/audit'

learn({ ru, en })
