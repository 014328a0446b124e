// The words of the room come with it.
import { tariffs as en } from '../../i18n/en/tariffs'
import { learn } from '../../i18n/index.svelte'
import { tariffs as ru } from '../../i18n/ru/tariffs'

learn({ ru, en })
