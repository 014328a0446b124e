import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Order, StoryLine } from '../src/api/types'
import { gramsOf, minorOf, phoneOf, textOfMinor } from '../src/lib/amounts'
import { pairIn, placeOf, textOfPlace } from '../src/lib/places'
import { rebase } from '../src/lib/edits'
import { howOf, keepOnly, nothingSelected, select } from '../src/lib/selection'
import { fieldsOfSlot, isNoSlot, noSlot, presetSlot, presets, slotOf } from '../src/lib/slots'
import { draftOf, faultsOf, newDraft, newParcel, orderEdit, orderNew } from '../src/rooms/orders/draft'
import { byCourierBefore, refusedOrder } from '../src/rooms/orders/planning'
import { groupOf, groups, isOver, statusesOf } from '../src/rooms/orders/statuses'
import { doubtWords, holderWords, partyWords, rangesText, reasonKey, storyOf, titleOf } from '../src/rooms/orders/story_words'

test('money is read as people write it, and nothing else is', () => {
    const sums: [string, number | null][] = [
        ['1290', 129_000], ['1 290,50', 129_050], ['1\u00a0290.5', 129_050], ['1290 ₽', 129_000], ['1290 руб.', 129_000], ['0,01', 1],
        ['', null], ['0', null], ['-5', null], ['1,290.50', null], ['12,345', null], ['1e3', null], ['сто', null], ['1000000000,01', null],
    ]
    for (const [text, minor] of sums) assert.equal(minorOf(text), minor, text)
    for (const minor of [1, 50, 129_000, 129_050, 100_000_000_000]) assert.equal(minorOf(textOfMinor(minor)), minor)
})

test('weights are kilograms with grams behind the comma', () => {
    assert.deepEqual(['1,2', '0.005', '1000', '12 кг'].map(gramsOf), [1_200, 5, 1_000_000, 12_000])
    assert.deepEqual(['', '0', '1000,001', '1,2345', '-1'].map(gramsOf), [null, null, null, null, null])
})

test('phones become E.164', () => {
    for (const text of ['8 (916) 123-45-67', '+7 916 123 45 67', '9161234567', '79161234567']) assert.equal(phoneOf(text), '+79161234567')
    assert.equal(phoneOf('+375 29 123-45-67'), '+375291234567')
    for (const text of ['', '123', '8916', 'нет']) assert.equal(phoneOf(text), null)
})

test('a place is both numbers or none', () => {
    assert.equal(placeOf({ lat: '', lon: ' ' }), null)
    assert.deepEqual(placeOf({ lat: '55,75', lon: '-37.5' }), { lat: 55.75, lon: -37.5 })
    for (const [lat, lon] of [['55', ''], ['95', '37'], ['55', '181'], ['x', '1']]) assert.equal(placeOf({ lat: lat ?? '', lon: lon ?? '' }), undefined)
    assert.deepEqual(textOfPlace({ lat: 55.123456789, lon: 37 }), { lat: '55.123457', lon: '37' })
    assert.deepEqual(pairIn('55.751, 37.618'), { lat: '55.751', lon: '37.618' })
    assert.equal(pairIn('55.751'), null)
})

test('every status belongs to one chip, and a chip asks for all of its own', () => {
    const all = groups.flatMap((group) => statusesOf([group]).split(','))
    assert.equal(new Set(all).size, 16)
    assert.equal(all.length, 16)
    assert.equal(statusesOf([]), '')
    assert.equal(statusesOf(['new', 'problem']), 'draft,accepted,attempt_failed,damaged,lost,partly_delivered')
    assert.equal(groupOf('vanished' as Order['status']), 'problem')
    assert.deepEqual((['delivered', 'returned', 'cancelled', 'lost', 'accepted'] as const).map(isOver), [true, true, true, false, false])
})

test('rows are selected as lists on a desktop do it', () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const chosen = (selection: typeof nothingSelected) => [...selection.chosen].sort().join('')
    const one = select(nothingSelected, ids, 'b', 'only')
    assert.equal(chosen(select(one, ids, 'd', 'range')), 'bcd')
    assert.equal(chosen(select(select(one, ids, 'd', 'range'), ids, 'a', 'range')), 'ab') // the range keeps its beginning
    assert.equal(chosen(select(one, ids, 'd', 'toggle')), 'bd')
    assert.equal(chosen(select(select(one, ids, 'd', 'toggle'), ids, 'b', 'toggle')), 'd')
    assert.equal(chosen(select(one, ids, 'e', 'only')), 'e')
    assert.equal(chosen(select(nothingSelected, ids, 'c', 'range')), 'c')
    assert.equal(chosen(select(one, ids, 'z', 'toggle')), 'b') // not there, or not to be selected
    const kept = keepOnly(select(one, ids, 'd', 'range'), ['c', 'd'])
    assert.equal(chosen(kept), 'cd')
    assert.equal(kept.anchor, null)
    assert.equal(howOf({ shiftKey: false, ctrlKey: false, metaKey: true }), 'toggle')
})

test('a slot needs a day, a beginning, and an end after it', () => {
    const slot = { day: '2026-11-28', from: '10:00', to: '14:00' }
    assert.deepEqual(fieldsOfSlot(slotOf(slot)), slot)
    assert.equal(slotOf({ ...slot, to: '10:00' }), null)
    assert.equal(slotOf({ ...slot, day: '' }), null)
    assert.equal(isNoSlot(noSlot), true)
    const [morning] = presets
    assert.ok(morning)
    assert.equal(presetSlot(morning, '', new Date(2026, 10, 28, 9).getTime()).day, '2026-11-28')
    assert.equal(presetSlot(morning, '', new Date(2026, 10, 30, 15).getTime()).day, '2026-12-01')
    assert.equal(presetSlot(morning, '2027-01-05', 0).day, '2027-01-05')
})

test('a typed order says what is wrong, and is sent without what is empty', () => {
    const draft = { ...newDraft('Цех'), name: ' Проба ', text: 'Лесная, 1', phone: '8 900 000 00 00', due: '1 290,50' }
    assert.deepEqual(faultsOf(draft), {})
    const sent = orderNew({ ...draft, parcels: [{ ...newParcel(1), code: ' 46 ', weight: '1,5' }, newParcel(2, true)] })
    assert.deepEqual(sent.parcels, [{ code: '46', what: null, weight_g: 1_500 }]) // the scanner's last Enter made no parcel
    assert.equal(orderNew({ ...draft, parcels: [newParcel(1), newParcel(2)] }).parcels.length, 2)
    assert.deepEqual(sent.recipient, { name: 'Проба', phone: '+79000000000' })
    assert.deepEqual(sent.due, { minor: 129_050, currency: 'RUB' })
    assert.equal(sent.address?.entrance, null)
    const twice = [1, 2].map((key) => ({ ...newParcel(key), code: '46' }))
    const bad = faultsOf({ ...draft, sender: ' ', phone: '12', due: 'x', place: { lat: '1', lon: '' }, parcels: [...twice, { ...newParcel(3), code: 'ё', weight: '0' }] })
    assert.deepEqual(bad, {
        sender: 'error.required', 'recipient/phone': 'error.phone', due: 'error.money', place: 'error.place',
        'parcels/1/code': 'error.same_code', 'parcels/2/code': 'error.code', 'parcels/2/weight_g': 'error.weight',
    })
})

const order: Order = {
    id: '1', number: 'A-1', outer_ref: null, sender: 'Цех', status: 'accepted', recipient: { name: 'Проба', phone: null },
    address: { text: 'Лесная, 1' }, place: { lat: 55.12345678, lon: 37 }, point: null, keep_until_ms: null, slot: null, due: { minor: 500, currency: 'KZT' }, proof: ['code'],
    parcels_count: 1, courier: null, created_ms: 0, etag: '"1"',
}

test('an edit sends only what was changed', () => {
    assert.deepEqual(orderEdit(draftOf(order), order), {})
    assert.deepEqual(orderEdit({ ...draftOf(order), due: '6' }, order), { due: { minor: 600, currency: 'KZT' } })
    assert.deepEqual(orderEdit({ ...draftOf(order), due: '', place: textOfPlace(null) }, order), { due: null, place: null })
})

test('an order to a point has the point and no address; switched over, it has one of its own', () => {
    const draft = { ...newDraft('Цех'), name: 'Проба', to: 'point' as const, text: 'Лесная, 1', place: { lat: '1', lon: '' } }
    assert.deepEqual(faultsOf(draft), { point: 'error.required' })
    const sent = orderNew({ ...draft, point: 'p' })
    assert.deepEqual([sent.point, sent.address, sent.place], ['p', undefined, undefined])
    const there: Order = { ...order, point: { id: 'p', name: 'На Новой' }, address: { text: 'Новая, 5' } }
    const typed = draftOf(there)
    assert.deepEqual([typed.to, typed.text, typed.place], ['point', '', textOfPlace(null)])
    assert.deepEqual(orderEdit(typed, there), {})
    assert.deepEqual(orderEdit({ ...typed, point: 'q' }, there), { point: 'q' })
    assert.deepEqual(orderEdit({ ...draftOf(order), to: 'point', point: 'p' }, order), { point: 'p' })
    const back = orderEdit({ ...typed, to: 'door', text: 'Лесная, 1' }, there)
    assert.deepEqual([back.point, back.address?.text, back.place], [null, 'Лесная, 1', null])
})

test('an edit that came too late keeps what was typed and takes over the rest', () => {
    const then = draftOf(order)
    const now = draftOf({ ...order, outer_ref: 'X', address: { text: 'Лесная, 2', floor: '4' } })
    const caught = rebase({ ...then, floor: '3' }, then, now)
    assert.deepEqual([caught.outerRef, caught.text, caught.floor], ['X', 'Лесная, 2', '3'])
})

test('planning is undone for each courier it was taken from', () => {
    const changed = [['a', 'x'], ['b', null], ['c', 'x']].map(([id, before]) => ({ order: id ?? '', courier_before: before ?? null }))
    assert.deepEqual([...byCourierBefore(changed)], [['x', ['a', 'c']], [null, ['b']]])
    assert.deepEqual(['orders[3]', 'orders[0]', 'courier', undefined].map(refusedOrder), [3, 0, null, null])
})

const holder = (kind: 'depot' | 'courier' | 'customer' | 'seller', name: string | null = null) => ({ kind, id: name, name })
const line = (change: Partial<StoryLine>): StoryLine => ({
    event: 'e', parcel: 1, type: 'parcel.handover', at_ms: 0, trust: 'gps', received_ms: 0, late: false, device: null, where: null,
    by: { kind: 'courier', id: 'c', name: 'Иван П.' }, from: null, to: null, reason: null, wish: null, proofs: [], effect: 'applied', doubt: null, undone: false,
    status: 'at_depot', ...change,
})

test('each line of the story has its words', () => {
    assert.equal(titleOf(line({ from: holder('seller'), to: holder('courier', 'И') })), 'story.from_seller')
    assert.equal(titleOf(line({ from: holder('depot', 'Северный'), to: holder('courier', 'И') })), 'story.to_courier')
    assert.equal(titleOf(line({ to: holder('customer') })), 'story.to_customer')
    assert.equal(titleOf(line({})), 'story.moved')
    assert.equal(titleOf(line({ type: 'corrected' })), 'story.corrected')
    assert.equal(titleOf(line({ type: 'parcel.painted' })), null)
    assert.deepEqual(holderWords(holder('depot', 'Северный')), ['holder.depot', { name: 'Северный' }])
    assert.deepEqual(partyWords(holder('customer')), ['party.customer', {}])
    assert.equal(reasonKey(line({ type: 'parcel.attempt_failed', reason: 'no_answer' })), 'failed.no_answer')
    assert.equal(reasonKey(line({ type: 'parcel.cancelled', reason: 'no_answer' })), null)
    assert.deepEqual(doubtWords('two_deliveries'), ['doubt.two_deliveries'])
    assert.deepEqual(doubtWords('strange'), ['doubt.other', { reason: 'strange' }])
})

test('the story stands by true time, and ten parcels at one door are one line', () => {
    const late = line({ event: 'late', at_ms: 1_000, to: holder('courier', 'И') })
    const doors = [3, 1, 2].map((parcel) => line({ event: `d${parcel}`, parcel, at_ms: 500_000 + parcel * 9_000, to: holder('customer') }))
    const story = storyOf([...doors, late], null)
    assert.deepEqual(story.map(({ line: { event }, parcels }) => [event, parcels.join()]), [['d3', '1,2,3'], ['late', '1']])
    assert.deepEqual(storyOf([...doors, late], 1).map(({ line: { event } }) => event), ['d1', 'late'])
    const doubtful = doors.map((one, i) => ({ ...one, doubt: i === 0 ? 'irregular' : null }))
    assert.equal(storyOf(doubtful, null).length, 2)
    assert.equal(storyOf([line({ at_ms: 5 }), line({ at_ms: 5 })], null).length, 2) // twice about one parcel is not once
    assert.equal(rangesText([1, 2, 3, 5, 7, 8]), '1–3, 5, 7–8')
})
