// What this browser remembers: language, theme, contrast. Applied to <html> (see public/first-paint.js).

export type Lang = 'ru' | 'en'
export type Theme = 'auto' | 'light' | 'dark'
interface Kept {
    lang?: Lang
    theme?: Theme
    contrast?: 'normal' | 'more'
}

const storageKey = 'plus7.prefs'

function load(): Kept {
    try {
        return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Kept
    } catch {
        return {}
    }
}

class Prefs {
    lang = $state<Lang>('ru')
    theme = $state<Theme>('auto')
    contrast = $state<'normal' | 'more'>('normal')
    private systemDark = $state(matchMedia('(prefers-color-scheme: dark)').matches)

    constructor() {
        const kept = load()
        this.lang = kept.lang ?? 'ru'
        this.theme = kept.theme ?? 'auto'
        this.contrast = kept.contrast ?? 'normal'
        matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => (this.systemDark = event.matches))
        this.apply()
    }

    get isDark(): boolean {
        return this.theme === 'dark' || (this.theme === 'auto' && this.systemDark)
    }

    set(change: Kept): void {
        if (change.lang) this.lang = change.lang
        if (change.theme) this.theme = change.theme
        if (change.contrast) this.contrast = change.contrast
        this.apply()
        try {
            const kept: Kept = { lang: this.lang, theme: this.theme, contrast: this.contrast }
            localStorage.setItem(storageKey, JSON.stringify(kept))
        } catch {
            // private window: it holds until the page is closed
        }
    }

    private apply(): void {
        const root = document.documentElement
        root.lang = this.lang
        root.dataset['contrast'] = this.contrast
        if (this.theme === 'auto') delete root.dataset['theme']
        else root.dataset['theme'] = this.theme
    }
}

export const prefs = new Prefs()
