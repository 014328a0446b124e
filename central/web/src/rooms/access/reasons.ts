// Central's words for why something was not delivered, in words of the console. Pure.
import type { Key } from '../../i18n/ru'

const known: [RegExp, Key][] = [
    [/^the receiver answered (\d+)$/, 'why.answered'],
    [/the last token of the sender was revoked/, 'why.no_token'],
    [/the webhook was removed/, 'why.removed'],
    [/the webhook is switched off/, 'why.off'],
    [/the name .* (is not known|has no address)/, 'why.name'],
    [/timeout|timed out/i, 'why.timeout'],
    [/certificate/, 'why.certificate'],
    [/are not allowed|plain HTTP/, 'why.address'],
    [/Connection refused/, 'why.refused'],
    [/closed the connection|reset by peer/i, 'why.closed'],
]

/** The text for it, or nothing for a reason that this console does not know: it is shown as it is. */
export function reasonKey(reason: string): { key: Key; status: string } | null {
    for (const [pattern, key] of known) {
        const match = pattern.exec(reason)
        if (match) return { key, status: key === 'why.answered' ? (match[1] ?? '') : '' }
    }
    return null
}
