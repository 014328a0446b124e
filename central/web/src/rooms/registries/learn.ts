// The words of the room come with it.
import { registries as en } from '../../i18n/en/registries'
import { learn } from '../../i18n/index.svelte'
import { registries as ru } from '../../i18n/ru/registries'

learn({ ru, en })
