// An order as it is typed, all text, and what is sent of it. Paths of fields are as central names them. Pure.
import type { Order, OrderEdit, OrderNew, Place, PriceQuestion, ProofKind, Site, Size } from '../../api/types'
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
    to: 'door' | 'point'
    point: string // its id
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
    const none = { outerRef: '', name: '', phone: '', point: '', text: '', entrance: '', floor: '', intercom: '', comment: '', due: '' }
    return { ...none, to: 'door', sender, place: textOfPlace(null), slot: noSlot, over: '', size: '', proof: ['code'], parcels: [newParcel(1)] }
}

export function draftOf(order: Order): Draft {
    const { recipient, point } = order
    // the address of a point is not the order's own
    const { address, place } = point ? { address: { text: '' } as Order['address'], place: null } : order
    return {
        sender: order.sender,
        outerRef: order.outer_ref ?? '',
        name: recipient.name,
        phone: recipient.phone ?? '',
        to: point ? 'point' : 'door',
        point: point?.id ?? '',
        text: address.text,
        entrance: address.entrance ?? '',
        floor: address.floor ?? '',
        intercom: address.intercom ?? '',
        comment: address.comment ?? '',
        place: textOfPlace(place),
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
    const where = draft.to === 'point' ? { point: draft.point } : { 'address/text': draft.text }
    const needs = { sender: draft.sender, 'recipient/name': draft.name, ...where }
    for (const [path, text] of Object.entries(needs)) if (text.trim() === '') faults[path] = 'error.required'
    if (draft.phone.trim() && phoneOf(draft.phone) === null) faults['recipient/phone'] = 'error.phone'
    if (draft.to === 'door' && placeOf(draft.place) === undefined) faults['place'] = 'error.place'
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

type Terms = Required<Pick<OrderEdit, 'outer_ref' | 'recipient' | 'slot' | 'due' | 'proof'>>
type Destination = { point: string } | { point: null; address: Required<OrderEdit>['address']; place: Place | null }

function destinationOf(draft: Draft): Destination {
    if (draft.to === 'point') return { point: draft.point }
    const address = {
        text: draft.text.trim(),
        entrance: orNull(draft.entrance),
        floor: orNull(draft.floor),
        intercom: orNull(draft.intercom),
        comment: orNull(draft.comment),
    }
    return { point: null, address, place: placeOf(draft.place) ?? null }
}

function commonOf(draft: Draft, currency: string): Terms & Destination {
    const minor = minorOf(draft.due)
    return {
        outer_ref: orNull(draft.outerRef),
        recipient: { name: draft.name.trim(), phone: phoneOf(draft.phone) },
        ...destinationOf(draft),
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
    const now: OrderEdit = commonOf(draft, currency)
    const then: OrderEdit = commonOf(draftOf(before), currency)
    const names = Object.keys(now) as (keyof OrderEdit)[]
    const changed = Object.fromEntries(names.filter((name) => JSON.stringify(now[name]) !== JSON.stringify(then[name])).map((name) => [name, now[name]]))
    return { ...changed, ...overOf(draft) }
}

/** Where it goes, as far as it is known: a point has its own place. */
export function placeIn(draft: Draft, points: readonly Site[]): Place | null {
    if (draft.to === 'point') return points.find(({ id }) => id === draft.point)?.place ?? null
    return placeOf(draft.place) ?? null
}

/** What its delivery costs as it stands: of a new order with the weight of its parcels. */
export function questionOf(draft: Draft, place: Place | null): PriceQuestion {
    const { slot, due } = commonOf(draft, 'RUB')
    const weight = draft.parcels.reduce((sum, { weight: text }) => sum + (gramsOf(text) ?? 0), 0)
    return { place, slot, due, weight_g: weight, size: draft.size || null }
}
