// Texts in the language of this browser. t() is reactive: a page changes its language without reloading.
import { translator, type Params, type Text } from '@shared/dictionary'
import { prefs, type Lang } from '../state/prefs.svelte'
import { en } from './en'
import { ru, type Key, type RoomKey } from './ru'

const locales: Record<Lang, string> = { ru: 'ru-RU', en: 'en-GB' }
const texts = { ru: { ...ru }, en: { ...en } } as Record<Lang, Record<Key, Text>>
const speak: Record<Lang, (key: Key, params?: Params) => string> = {
    ru: translator(texts.ru, locales.ru),
    en: translator(texts.en, locales.en),
}

/** Words that only one room says: they are loaded with it, not with the first page. Called when its module is read. */
export function learn(words: Record<Lang, Partial<Record<RoomKey, Text>>>): void {
    Object.assign(texts.ru, words.ru)
    Object.assign(texts.en, words.en)
}

export type { Key }

export function t(key: Key, params?: Params): string {
    return speak[prefs.lang](key, params)
}

export function locale(): string {
    return locales[prefs.lang]
}
