// The words of the room come with it.
import { board as en } from '../../i18n/en/board'
import { learn } from '../../i18n/index.svelte'
import { board as ru } from '../../i18n/ru/board'

learn({ ru, en })
