// Texts of the registries' room.
import { registries as english } from '../../i18n/en/registries'
import { withTexts } from '../../i18n/index.svelte'
import { registries as russian } from '../../i18n/ru/registries'

export const t = withTexts(russian, english)
