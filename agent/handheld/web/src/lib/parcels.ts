// What has become of a parcel, in the eyes of the courier who carries this device. Pure.
import type { Act, Parcel, Task } from '../api/types'
import { undoMinutes } from './undo'

export type ParcelState = 'not_taken' | 'on_board' | 'failed' | 'take_back' | 'delivered' | 'returned' | 'lost' | 'elsewhere'

const isSite = (kind: string) => kind === 'depot' || kind === 'point'
export const sameDay = (a: number, b: number) => new Date(a).toDateString() === new Date(b).toDateString()

export function parcelState(parcel: Parcel, task: Pick<Task, 'planned' | 'cancelled' | 'incoming'> | null, nowMs: number): ParcelState {
    const { holder, last } = parcel
    if (parcel.on_board) {
        if (task && (task.cancelled || !task.planned)) return 'take_back'
        return last?.what === 'attempt_failed' ? 'failed' : 'on_board'
    }
    if (holder.kind === 'customer') return 'delivered'
    if (holder.kind === 'lost') return 'lost'
    if (holder.kind === 'courier') return task?.incoming ? 'not_taken' : 'elsewhere'
    // Handed back on another day and planned again: it is to be taken anew.
    const handedBack = last?.what === 'handover' && !last.taken && isSite(last.to.kind) && sameDay(last.at_ms, nowMs)
    return handedBack ? 'returned' : 'not_taken'
}

export type ActKind = 'delivered' | 'returned' | 'failed' | 'taken' | 'given'

export function kindOf(act: Act): ActKind {
    if (act.what === 'attempt_failed') return 'failed'
    if (act.to.kind === 'customer') return 'delivered'
    if (act.taken) return 'taken'
    return isSite(act.to.kind) ? 'returned' : 'given'
}

export interface Undoable {
    kind: ActKind
    parcels: string[]
    minutes: number // of the one that ends first
}

/** What was done last with these parcels and can be taken back at once: all whose newest act is of the same kind. */
export function undoable(parcels: Parcel[], nowMs: number): Undoable | null {
    const open = parcels.filter(({ last }) => undoMinutes(last, nowMs) > 0)
    const newest = open.reduce<Parcel | null>((best, one) => (!best || (one.last?.at_ms ?? 0) > (best.last?.at_ms ?? 0) ? one : best), null)
    if (!newest?.last) return null
    const kind = kindOf(newest.last)
    const same = open.filter(({ last }) => last && kindOf(last) === kind)
    return { kind, parcels: same.map(({ id }) => id), minutes: Math.min(...same.map(({ last }) => undoMinutes(last, nowMs))) }
}

/** The name of a parcel for a person: its first barcode, or its number in the order. */
export const codeOf = (parcel: Parcel) => parcel.codes[0] ?? `№ ${parcel.number}`
