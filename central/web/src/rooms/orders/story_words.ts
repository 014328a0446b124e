// The story of an order in words: which text tells a line, and which lines tell one thing about several parcels. Pure.
import type { Params } from '@shared/dictionary'
import type { Holder, StoryLine } from '../../api/types'
import { ru, type Key } from '../../i18n/ru'

export type Words = [key: Key, params?: Params]

const plainTypes: Record<string, Key> = {
    'parcel.registered': 'story.registered',
    'parcel.planned': 'story.planned',
    'parcel.unplanned': 'story.unplanned',
    'parcel.cancelled': 'story.cancelled',
    'parcel.damaged': 'story.damaged',
    'parcel.transfer_overdue': 'story.transfer_overdue',
    'parcel.storage_over': 'story.storage_over',
    'parcel.attempt_failed': 'story.failed',
    corrected: 'story.corrected',
}

/** Null for a type that this console does not know yet. */
export function titleOf(line: Pick<StoryLine, 'type' | 'from' | 'to'>): Key | null {
    if (line.type !== 'parcel.handover') return plainTypes[line.type] ?? null
    if (line.to?.kind === 'courier' && line.from?.kind === 'seller') return 'story.from_seller'
    if (!line.to || line.to.kind === 'unknown') return 'story.moved'
    return `story.to_${line.to.kind}`
}

const named = new Set<Holder['kind']>(['depot', 'courier', 'point'])
const paramsOf = (holder: Holder): Params => (named.has(holder.kind) ? { name: holder.name ?? '?' } : {})

/** Where it is: "with courier …". */
export const holderWords = (holder: Holder): Words => [`holder.${holder.kind}`, paramsOf(holder)]
/** Who takes part: "courier …". */
export const partyWords = (holder: Holder): Words => [`party.${holder.kind}`, paramsOf(holder)]

/** The reason of a failed attempt is of a catalogue, that of a cancellation is typed by a person. */
export function reasonKey(line: Pick<StoryLine, 'type' | 'reason'>): Key | null {
    const key = `failed.${line.reason}`
    return line.type === 'parcel.attempt_failed' && key in ru ? (key as Key) : null
}

export function doubtWords(doubt: string): Words {
    const key = `doubt.${doubt}`
    return key in ru ? [key as Key] : ['doubt.other', { reason: doubt }]
}

/** Lines that tell the same of several parcels within two minutes. */
export interface StoryEntry {
    line: StoryLine
    parcels: number[]
}

const togetherMs = 120_000

/** Newest act first; `parcel`: of this one only. */
export function storyOf(lines: readonly StoryLine[], parcel: number | null): StoryEntry[] {
    const wanted = lines.map((line, learnt) => ({ line, learnt })).filter(({ line }) => parcel === null || line.parcel === parcel)
    wanted.sort((a, b) => b.line.at_ms - a.line.at_ms || b.learnt - a.learnt)
    const entries: StoryEntry[] = []
    for (const { line } of wanted) {
        const last = entries.at(-1)
        if (last && tellTheSame(last.line, line) && !last.parcels.includes(line.parcel)) last.parcels.push(line.parcel)
        else entries.push({ line, parcels: [line.parcel] })
    }
    for (const entry of entries) entry.parcels.sort((a, b) => a - b)
    return entries
}

function tellTheSame(a: StoryLine, b: StoryLine): boolean {
    const signature = ({ type, by, from, to, reason, wish, proofs, effect, doubt, undone, late, trust, status }: StoryLine) =>
        JSON.stringify([type, by.kind, by.id, from?.kind, from?.id, to?.kind, to?.id, reason, wish, proofs, effect, doubt, undone, late, trust, status])
    return Math.abs(a.at_ms - b.at_ms) <= togetherMs && signature(a) === signature(b)
}

/** [1, 2, 3, 5] → "1–3, 5". */
export function rangesText(numbers: readonly number[]): string {
    const runs: [number, number][] = []
    for (const n of numbers) {
        const run = runs.at(-1)
        if (run && n === run[1] + 1) run[1] = n
        else runs.push([n, n])
    }
    return runs.map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(', ')
}
