// Money and weights as people type them. Pure.

const mostMinor = 100_000_000_000
const mostGrams = 1_000_000

/** `1 290,50` → 129050 kopecks; null when it is no sum that can be due. */
export function minorOf(text: string): number | null {
    const match = /^(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(text.replace(/\s|₽|руб\.?|RUB/gi, ''))
    if (!match) return null
    const minor = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
    return minor > 0 && minor <= mostMinor ? minor : null
}

/** The text that gives `minor` again. */
export function textOfMinor(minor: number): string {
    const rest = minor % 100
    return rest === 0 ? String(minor / 100) : `${Math.floor(minor / 100)},${String(rest).padStart(2, '0')}`
}

/** Kilograms as typed, `1,2` → 1200 grams; null when it is no weight. */
export function gramsOf(text: string): number | null {
    const match = /^(\d{1,4})(?:[.,](\d{1,3}))?$/.exec(text.replace(/\s|кг|kg/gi, ''))
    if (!match) return null
    const grams = Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0'))
    return grams > 0 && grams <= mostGrams ? grams : null
}

/** `8 (916) 123-45-67` → `+79161234567`; null when it is no phone. */
export function phoneOf(text: string): string | null {
    const bare = text.replace(/[\s()\-–.]/g, '')
    const own = /^(?:\+?7|8)?(\d{10})$/.exec(bare)
    if (own) return `+7${own[1]}`
    return /^\+\d{8,15}$/.test(bare) ? bare : null
}
