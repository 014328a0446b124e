// A date format is slow to make: each is made once.
const formats = new Map<string, Intl.DateTimeFormat>()

export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = locale + JSON.stringify(options)
    const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
    formats.set(key, known)
    return known
}
