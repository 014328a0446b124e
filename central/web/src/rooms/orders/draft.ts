// An order as it is typed, all text, and what is sent of it. Paths of fields are as central names them. Pure.
import type { Order, OrderEdit, OrderNew, Place, PriceQuestion, ProofKind, Size } from '../../api/types'
import type { Key } from '../../i18n/ru'
import { gramsOf, minorOf, phoneOf, textOfMinor } from '../../lib/amounts'
import { placeOf, textOfPlace, type PlaceText } from '../../lib/places'
import { fieldsOfSlot, isNoSlot, noSlot, slotOf, type SlotFields } from '../../lib/slots'

export interface ParcelDraft {
    key: number
    code: string
    what: string
    weight: string
    spare: boolean // made by the scanner's Enter: while it is empty it is no parcel
}

export interface Draft {
    sender: string
    outerRef: string
    name: string
    phone: string
    text: string
    entrance: string
    floor: string
    intercom: string
    comment: string
    place: PlaceText
    slot: SlotFields
    over: string // the full slot that is taken all the same
    size: Size | ''
    due: string
    proof: ProofKind[]
    parcels: ParcelDraft[]
}

export const newParcel = (key: number, spare = false): ParcelDraft => ({ key, code: '', what: '', weight: '', spare })
export const isParcel = ({ spare, code, what, weight }: ParcelDraft): boolean => !spare || [code, what, weight].some((text) => text.trim() !== '')

export function newDraft(sender: string): Draft {
    const none = { outerRef: '', name: '', phone: '', text: '', entrance: '', floor: '', intercom: '', comment: '', due: '' }
    return { ...none, sender, place: textOfPlace(null), slot: noSlot, over: '', size: '', proof: ['code'], parcels: [newParcel(1)] }
}

export function draftOf(order: Order): Draft {
    const { recipient, address } = order
    return {
        sender: order.sender,
        outerRef: order.outer_ref ?? '',
        name: recipient.name,
        phone: recipient.phone ?? '',
        text: address.text,
        entrance: address.entrance ?? '',
        floor: address.floor ?? '',
        intercom: address.intercom ?? '',
        comment: address.comment ?? '',
        place: textOfPlace(order.place),
        slot: fieldsOfSlot(order.slot),
        over: '',
        size: '',
        due: order.due ? textOfMinor(order.due.minor) : '',
        proof: [...order.proof],
        parcels: [],
    }
}

/** What is wrong with it as typed, by the path of the field. */
export function faultsOf(draft: Draft): Record<string, Key> {
    const faults: Record<string, Key> = {}
    const needs = { sender: draft.sender, 'recipient/name': draft.name, 'address/text': draft.text }
    for (const [path, text] of Object.entries(needs)) if (text.trim() === '') faults[path] = 'error.required'
    if (draft.phone.trim() && phoneOf(draft.phone) === null) faults['recipient/phone'] = 'error.phone'
    if (placeOf(draft.place) === undefined) faults['place'] = 'error.place'
    if (!isNoSlot(draft.slot) && slotOf(draft.slot) === null) faults['slot'] = 'error.slot'
    if (draft.due.trim() && minorOf(draft.due) === null) faults['due'] = 'error.money'
    const seen = new Set<string>()
    draft.parcels.forEach(({ code, weight }, i) => {
        const bare = code.trim()
        if (!/^[\x20-\x7e]*$/.test(bare)) faults[`parcels/${i}/code`] = 'error.code'
        else if (bare && seen.has(bare)) faults[`parcels/${i}/code`] = 'error.same_code'
        seen.add(bare)
        if (weight.trim() && gramsOf(weight) === null) faults[`parcels/${i}/weight_g`] = 'error.weight'
    })
    return faults
}

const orNull = (text: string): string | null => text.trim() || null

export const slotKey = (draft: Draft): string => JSON.stringify(draft.slot)
const overOf = (draft: Draft) => (draft.over === slotKey(draft) ? { over_capacity: true } : {})

type Common = Required<Omit<OrderEdit, 'place' | 'size' | 'over_capacity'>> & { place: Place | null }

function commonOf(draft: Draft, currency: string): Common {
    const minor = minorOf(draft.due)
    return {
        outer_ref: orNull(draft.outerRef),
        recipient: { name: draft.name.trim(), phone: phoneOf(draft.phone) },
        address: {
            text: draft.text.trim(),
            entrance: orNull(draft.entrance),
            floor: orNull(draft.floor),
            intercom: orNull(draft.intercom),
            comment: orNull(draft.comment),
        },
        place: placeOf(draft.place) ?? null,
        slot: slotOf(draft.slot),
        due: minor === null ? null : { minor, currency },
        proof: [...draft.proof],
    }
}

export function orderNew(draft: Draft): OrderNew {
    const parcels = draft.parcels.filter(isParcel).map(({ code, what, weight }) => ({ code: orNull(code), what: orNull(what), weight_g: gramsOf(weight) }))
    return { sender: draft.sender.trim(), ...commonOf(draft, 'RUB'), ...overOf(draft), size: draft.size || null, parcels }
}

/** Only what was changed, so that what a colleague changed elsewhere stays. */
export function orderEdit(draft: Draft, before: Order): OrderEdit {
    const currency = before.due?.currency ?? 'RUB'
    const [now, then] = [commonOf(draft, currency), commonOf(draftOf(before), currency)]
    const names = Object.keys(now) as (keyof Common)[]
    const changed = Object.fromEntries(names.filter((name) => JSON.stringify(now[name]) !== JSON.stringify(then[name])).map((name) => [name, now[name]]))
    return { ...changed, ...overOf(draft) }
}

/** What its delivery costs as it stands: of a new order with the weight of its parcels. */
export function questionOf(draft: Draft): PriceQuestion {
    const { place, slot, due } = commonOf(draft, 'RUB')
    const weight = draft.parcels.reduce((sum, { weight: text }) => sum + (gramsOf(text) ?? 0), 0)
    return { place, slot, due, weight_g: weight, size: draft.size || null }
}
