// Texts in the language of this device's user. t() is reactive: the page changes its language without reloading.
import { translator, type Params } from '@shared/dictionary'
import { prefs, type Lang } from '../state/prefs.svelte'
import { en } from './en'
import { ru, type Key } from './ru'

const locales: Record<Lang, string> = { ru: 'ru-RU', en: 'en-GB' }
const texts = { ru, en }

// Made when it is needed: the rules and formats of a language cost a slow device a tenth of a second.
const speakers: Partial<Record<Lang, (key: Key, params?: Params) => string>> = {}
const speaker = (lang: Lang) => (speakers[lang] ??= translator<Key>(texts[lang], locales[lang]))

export type { Key }

export function t(key: Key, params?: Params): string {
    return speaker(prefs.lang)(key, params)
}

export const locale = () => locales[prefs.lang]

export const has = (key: string): key is Key => key in ru

/** The word of a name that the agent may know and this page does not: the name itself then. */
export const word = (group: 'reason' | 'site', name: string) => (has(`${group}.${name}`) ? t(`${group}.${name}` as Key) : name)
