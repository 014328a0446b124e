// Words for audit entries, and the days of its filter.
import { ru, type Key } from '../../i18n/ru'
import { haulActs } from '../../i18n/ru/haul_acts'

export const actionGroups = ['session', 'staff', 'courier', 'device', 'order', 'site', 'registry', 'depot', 'token', 'webhook', 'outbox'] as const

/** The text of an action; nothing for one this console does not know yet. */
export function actionKey(action: string): Key | null {
    const key = `act.${action}`
    return key in ru || key in haulActs ? (key as Key) : null
}

/** `{roles: ["a", "b"], reason: "lost"}` → `roles: a → b · reason: lost`, with `word` giving names a person knows. */
export function changesOf(detail: Record<string, unknown>, word: (name: string) => string): string {
    const show = (value: unknown): string => {
        if (value === null || value === undefined) return '—'
        if (Array.isArray(value)) return value.map(show).join(', ')
        return typeof value === 'object' ? JSON.stringify(value) : word(String(value))
    }
    return Object.entries(detail)
        .map(([name, value]) => {
            const isChange = Array.isArray(value) && value.length === 2
            return `${word(name)}: ${isChange ? `${show(value[0])} → ${show(value[1])}` : show(value)}`
        })
        .join(' · ')
}

/** Start of the local day `YYYY-MM-DD` plus `days`, in Unix ms; null when it is no day. */
export function dayEdge(day: string | undefined, days: number): number | null {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '')
    if (!match) return null
    return new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + days).getTime()
}
