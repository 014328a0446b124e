// A typed dictionary: the Russian texts give the keys, every other language must have the same ones (a missing key is
// a compile error). A text is a string with {placeholders}, or plural forms chosen by {n}.

export type Plural = { one: string; other: string; few?: string; many?: string }
export type Text = string | Plural
export type Params = Record<string, string | number>

/** Returns a function that gives the text of a key; numbers are printed the way of `locale`. */
export function translator<K extends string>(texts: Record<K, Text>, locale: string): (key: K, params?: Params) => string {
    const plural = new Intl.PluralRules(locale)
    const number = new Intl.NumberFormat(locale)
    return (key, params = {}) => {
        // Keys made of words of the server (states, roles) may be newer than this page: it must not fall over them.
        const text = texts[key] as Text | undefined
        if (text === undefined) {
            console.error(`no text for ${key}`)
            return key
        }
        const form = typeof text === 'string' ? text : pluralForm(text, plural.select(Number(params['n'] ?? 0)))
        return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
            const value = params[name]
            if (value === undefined) return whole
            return typeof value === 'number' ? number.format(value) : value
        })
    }
}

function pluralForm(text: Plural, rule: Intl.LDMLPluralRule): string {
    if (rule === 'one') return text.one
    if (rule === 'few') return text.few ?? text.other
    if (rule === 'many') return text.many ?? text.other
    return text.other
}

/** Names of the {placeholders} of a text, sorted; for the test that all languages take the same ones. */
export function placeholders(text: Text): string[] {
    const all = typeof text === 'string' ? text : Object.values(text).join(' ')
    return [...new Set([...all.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort()
}
