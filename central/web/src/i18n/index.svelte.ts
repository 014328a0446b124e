// Texts in the language of this browser. t() is reactive: a page changes its language without reloading.
import { translator, type Params, type Text } from '@shared/dictionary'
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

/** The same with texts of a room besides, which are loaded with it and not with the first page. */
export function withTexts<K extends string>(russian: Record<K, Text>, english: Record<K, Text>): (key: Key | K, params?: Params) => string {
    const own: Record<Lang, (key: K, params?: Params) => string> = { ru: translator(russian, locales.ru), en: translator(english, locales.en) }
    return (key, params) => (key in russian ? own[prefs.lang](key as K, params) : t(key as Key, params))
}

export function locale(): string {
    return locales[prefs.lang]
}
