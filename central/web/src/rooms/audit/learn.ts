// Words of acts that only this room says. Imported for its effect.
import { haulActs as en } from '../../i18n/en/haul_acts'
import { learn } from '../../i18n/index.svelte'
import { haulActs as ru } from '../../i18n/ru/haul_acts'

learn({ ru, en })
