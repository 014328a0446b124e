// The words of the room come with it.
import { staff as en } from '../../i18n/en/staff'
import { learn } from '../../i18n/index.svelte'
import { staff as ru } from '../../i18n/ru/staff'

learn({ ru, en })
