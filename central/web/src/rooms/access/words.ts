// The words of the room come with it.
import { access as en } from '../../i18n/en/access'
import { learn } from '../../i18n/index.svelte'
import { access as ru } from '../../i18n/ru/access'

learn({ ru, en })
