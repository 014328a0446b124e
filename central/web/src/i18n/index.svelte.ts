// Texts in the language of this browser. t() is reactive: a page changes its language without reloading.
import { translator, type Params } from '@shared/dictionary'
import { prefs, type Lang } from '../state/prefs.svelte'
import { en } from './en'
import { ru, type Key } from './ru'

const locales: Record<Lang, string> = { ru: 'ru-RU', en: 'en-GB' }
const speak: Record<Lang, (key: Key, params?: Params) => string> = {
    ru: translator(ru, locales.ru),
    en: translator(en, locales.en),
}

export type { Key }

export function t(key: Key, params?: Params): string {
    return speak[prefs.lang](key, params)
}

export function locale(): string {
    return locales[prefs.lang]
}
