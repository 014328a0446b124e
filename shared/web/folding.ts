// Text for searching: lower case, ё as е, digits of phones without spaces. Central folds the same way.

export function fold(text: string): string {
    return text.toLowerCase().replaceAll('ё', 'е').trim()
}

/** True when every word of `query` begins some word of `text`, or its digits are part of the digits of `text`. */
export function matches(text: string, query: string): boolean {
    const words = fold(query).split(/\s+/).filter(Boolean)
    const haystack = ' ' + fold(text)
    const digits = text.replace(/\D/g, '')
    return words.every((word) => haystack.includes(' ' + word) || (/^\+?[\d()-]{2,}$/.test(word) && digits.includes(word.replace(/\D/g, ''))))
}
