// What this device's page remembers for its user: the language.
import { load, store } from '../lib/memory'

export type Lang = 'ru' | 'en'

// Each in itself: whoever cannot read the other one finds his own.
const names: Record<Lang, string> = { ru: 'Русский', en: 'English' }

class Prefs {
    lang = $state<Lang>(load('lang') === 'en' ? 'en' : 'ru')

    constructor() {
        document.documentElement.lang = this.lang
    }
    get otherLang(): Lang {
        return this.lang === 'ru' ? 'en' : 'ru'
    }
    get other(): string {
        return names[this.otherLang]
    }
    /** Its texts have to be there (i18n). */
    toggle(): void {
        this.set(this.otherLang)
    }
    private set(lang: Lang): void {
        this.lang = lang
        document.documentElement.lang = lang
        store('lang', lang)
    }
}

export const prefs = new Prefs()
