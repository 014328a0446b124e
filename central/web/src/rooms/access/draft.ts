// A token and a webhook as they are typed, and what is sent of them. Pure.
import type { components } from '../../api.d'
import type { Scope } from '../../api/types'
import type { Key } from '../../i18n/ru'

type TokenNew = components['schemas']['TokenNew']

export const scopes = ['orders:read', 'orders:write', 'orders:track', 'webhooks'] as const satisfies Scope[]

export interface TokenDraft {
    name: string
    sender: string
    scopes: Scope[]
    until: string // YYYY-MM-DD, the last day; empty: no end
}

export const newToken = (): TokenDraft => ({ name: '', sender: '', scopes: ['orders:read', 'orders:write'], until: '' })

/** The end of the local day. */
function endOf(day: string): number | null {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
    return match ? new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + 1).getTime() : null
}

export function tokenFaults(draft: TokenDraft, nowMs: number): Record<string, Key> {
    const faults: Record<string, Key> = {}
    if (draft.name.trim() === '') faults['name'] = 'error.required'
    if (draft.sender.trim() === '') faults['sender'] = 'error.required'
    if (draft.scopes.length === 0) faults['scopes'] = 'error.required'
    const end = endOf(draft.until)
    if (draft.until !== '' && (end === null || end <= nowMs)) faults['expires_ms'] = 'error.out_of_range'
    return faults
}

export function tokenNew(draft: TokenDraft): TokenNew {
    const own = scopes.filter((scope) => draft.scopes.includes(scope))
    return { name: draft.name.trim(), sender: draft.sender.trim(), scopes: own, expires_ms: endOf(draft.until) }
}

export interface HookDraft {
    sender: string
    url: string
}

/** What central allows beyond this (http to the own machine) it says itself. */
export function hookFaults(draft: HookDraft): Record<string, Key> {
    const faults: Record<string, Key> = {}
    if (draft.sender.trim() === '') faults['sender'] = 'error.required'
    if (draft.url.trim() === '') faults['url'] = 'error.required'
    else if (!/^https?:\/\/[^\s/]+/.test(draft.url.trim())) faults['url'] = 'error.url'
    return faults
}
