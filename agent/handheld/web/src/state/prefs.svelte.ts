// What this device's page remembers for its user: the language.
import { load, store } from '../lib/memory'

export type Lang = 'ru' | 'en'

class Prefs {
    lang = $state<Lang>(load('lang') === 'en' ? 'en' : 'ru')

    constructor() {
        document.documentElement.lang = this.lang
    }
    set(lang: Lang): void {
        this.lang = lang
        document.documentElement.lang = lang
        store('lang', lang)
    }
}

export const prefs = new Prefs()
