// Texts in the language of this device's user. t() is reactive: the page changes its language without reloading.
import { translator, type Params, type Text } from '@shared/dictionary'
import { prefs, type Lang } from '../state/prefs.svelte'
import { ru as first, type Key, type LateKey } from './ru'

const locales: Record<Lang, string> = { ru: 'ru-RU', en: 'en-GB' }
const ru = { ...first } as Record<Key, Text> // with the later ones, when they have come
const texts: Record<Lang, Record<Key, Text> | null> = { ru, en: null }

/** English comes when it is wanted: most devices never need it. */
export async function learn(lang: Lang): Promise<void> {
    if (lang === 'en') texts.en ??= (await import('./en')).en
}

/** Russian words that only the later screens say, when the module of one is read; English has its own file. */
export const learnLate = (words: Partial<Record<LateKey, Text>>) => void Object.assign(ru, words)

export const otherLanguage = () => learn(prefs.otherLang).then(() => prefs.toggle())

// Made when it is needed: the rules and formats of a language cost a slow device a tenth of a second.
const speakers: Partial<Record<Lang, (key: Key, params?: Params) => string>> = {}
const speaker = (lang: Lang) => (speakers[lang] ??= translator<Key>(texts[lang] ?? (ru as Record<Key, Text>), locales[lang]))

export type { Key }

export function t(key: Key, params?: Params): string {
    return speaker(prefs.lang)(key, params)
}

export const locale = () => locales[prefs.lang]

export const has = (key: string): key is Key => key in ru

/** The word of a name that the agent may know and this page does not: the name itself then. */
export const word = (group: 'reason' | 'role' | 'site', name: string) => (has(`${group}.${name}`) ? t(`${group}.${name}` as Key) : name)
