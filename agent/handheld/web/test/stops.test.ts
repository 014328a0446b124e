import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Act, Holder, Parcel, Task } from '../src/api/types'
import { parcelState, undoable } from '../src/lib/parcels'
import { slotState } from '../src/lib/slots'
import { missingFor, stepsOf } from '../src/lib/steps'
import { dayOf, missingOf, stopOf } from '../src/lib/stops'
import { dueOf } from '../src/lib/money'
import { changed, kept, read } from '../src/lib/stop_notes'
import { undoMinutes } from '../src/lib/undo'

const now = new Date(2026, 10, 28, 14, 0).getTime()
const minute = 60_000
const me: Holder = { kind: 'courier', id: 'me' }
const depot: Holder = { kind: 'depot', id: 'd' }
const handover = (to: Holder, agoMin = 2): Act => ({ what: 'handover', to, taken: false, at_ms: now - agoMin * minute, undo_until_ms: now + (10 - agoMin) * minute })
const attempt = (reason: string, agoMin = 2): Act => ({ what: 'attempt_failed', reason, at_ms: now - agoMin * minute, undo_until_ms: now + (10 - agoMin) * minute })

const parcel = (id: string, change: Partial<Parcel> = {}): Parcel => ({ id, number: 1, codes: [id], what: '', on_board: false, holder: depot, last: null, ...change })
const mine = (id: string, last: Act = handover(me)) => parcel(id, { on_board: true, holder: me, last })
const given = (id: string) => parcel(id, { holder: { kind: 'customer' }, last: handover({ kind: 'customer' }) })
const task = (order: string, parcels: Parcel[], change: Partial<Task> = {}): Task => ({
    order, number: order, sender: '', planned: true, cancelled: false, incoming: false, point: null, keep_until_ms: null, name: '', phone: '', address: '', entrance: '', floor: '', intercom: '', comment: '',
    place: null, from_ms: null, to_ms: null, due: null, paid: null, proof: [], code: { known: false, tries_left: 5 }, parcels, ...change,
})
const stateOf = (parcels: Parcel[], change: Partial<Task> = {}) => stopOf(task('1', parcels, change), now).state

test('a parcel is what its holder and the newest act say', () => {
    const state = (one: Parcel, change: Partial<Task> = {}) => parcelState(one, task('1', [one], change), now)
    assert.equal(state(parcel('a')), 'not_taken')
    assert.equal(state(mine('a')), 'on_board')
    assert.equal(state(mine('a', attempt('refused'))), 'failed')
    assert.equal(state(mine('a', attempt('refused')), { cancelled: true }), 'take_back')
    assert.equal(state(mine('a'), { planned: false }), 'take_back')
    assert.equal(state(given('a')), 'delivered')
    assert.equal(state(parcel('a', { last: handover(depot) })), 'returned')
    assert.equal(state(parcel('a', { last: handover(depot, 24 * 60) })), 'not_taken') // yesterday's: planned again
    assert.equal(state(parcel('a', { holder: { kind: 'courier', id: 'other' } })), 'elsewhere')
    assert.equal(state(parcel('a', { holder: { kind: 'lost' } })), 'lost')
})

test('a stop is what is to be done with it', () => {
    assert.equal(stateOf([parcel('a'), parcel('b')]), 'not_taken')
    assert.equal(stateOf([mine('a'), mine('b')]), 'on_board')
    assert.equal(stateOf([mine('a'), parcel('b')]), 'partly')
    assert.equal(stateOf([mine('a'), given('b')]), 'partly')
    assert.equal(stateOf([given('a'), parcel('b')]), 'partly')
    assert.equal(stateOf([mine('a', attempt('refused')), parcel('b')]), 'failed')
    assert.equal(stateOf([given('a'), given('b')]), 'delivered')
    assert.equal(stateOf([mine('a'), given('b')], { cancelled: true }), 'take_back')
    assert.equal(stateOf([parcel('a')], { cancelled: true }), 'cancelled')
    const stop = stopOf(task('1', [mine('a', attempt('refused', 9)), mine('b', attempt('no_answer', 3))]), now)
    assert.equal(stop.reason, 'no_answer')
    assert.equal(stop.again, null)
})

test('the day keeps the order of the server and counts what it shows', () => {
    const tasks = [
        task('3', [mine('a'), mine('b')]), task('1', [given('c')]), task('2', [parcel('d')]), task('4', [mine('e')], { cancelled: true }),
        task('5', [mine('f')], { planned: false }), task('6', [parcel('g')], { planned: false }),
    ]
    const day = dayOf({ tasks, done: [given('x'), parcel('y', { last: handover(depot, 24 * 60) })], sites: [], reasons: [] }, now)
    assert.deepEqual(day.stops.map(({ task: { order }, number }) => [order, number]), [['3', 1], ['2', 3]])
    assert.deepEqual(day.back.map(({ task: { order } }) => order), ['4', '5'])
    assert.deepEqual(day.done.map(({ task: { order } }) => order), ['1'])
    assert.deepEqual(day.gone.map(({ id }) => id), ['x'])
    assert.deepEqual(day.counts, { onBoard: 4, left: 2, done: 2 })
    assert.deepEqual(missingOf(day).map(({ parcel: { id }, stop }) => [id, stop.number]), [['d', 3]])
})

test('what was done last is undone together, within its time', () => {
    assert.equal(undoMinutes(handover(depot, 2), now), 8)
    assert.equal(undoMinutes(handover(depot, 10), now), 0)
    assert.equal(undoMinutes(null, now), 0)
    const both = undoable([given('a'), given('b'), mine('c', handover(me, 5))], now)
    assert.deepEqual(both, { kind: 'delivered', parcels: ['a', 'b'], minutes: 8 })
    assert.equal(undoable([mine('a', attempt('refused', 30))], now), null)
    assert.equal(undoable([mine('a', attempt('refused'))], now)?.kind, 'failed')
})

test('a promised time is late, soon or later', () => {
    const slot = (from: number, to: number) => slotState({ from_ms: now + from * minute, to_ms: now + to * minute }, now)
    assert.deepEqual(slot(-120, -12), { is: 'late', minutes: 12 })
    assert.deepEqual(slot(-120, -0.5), { is: 'late', minutes: 1 })
    assert.deepEqual(slot(-60, 25), { is: 'soon', minutes: 25 })
    assert.deepEqual(slot(60, 240), { is: 'later' })
    assert.deepEqual(slotState({ from_ms: now, to_ms: null }, now), { is: 'none' })
})

test('the code comes first and is asked for once, and a reason asks for what it needs', () => {
    const code = { known: false, tries_left: 5 }
    assert.deepEqual(stepsOf({ proof: ['photo', 'signature', 'code'], code }), ['code', 'signature', 'photo'])
    assert.deepEqual(stepsOf({ proof: ['code', 'photo'], code: { ...code, known: true } }), ['photo'])
    const reason = { name: 'no_access', photo: true, calls: 1 }
    assert.deepEqual(missingFor(reason, 0, 0), { calls: 1, photo: true })
    assert.deepEqual(missingFor(reason, 3, 1), { calls: 0, photo: false })
})

test('what was taken is not asked for again; of a sum that was raised since, the rest is', () => {
    const due = { minor: 129_000, currency: 'RUB' }
    const paid = { ...due, way: 'cash' as const, at_ms: now, undo_until_ms: now }
    assert.deepEqual(dueOf({ due, paid: null }), due)
    assert.equal(dueOf({ due, paid }), null)
    assert.equal(dueOf({ due: null, paid }), null)
    assert.deepEqual(dueOf({ due: { ...due, minor: 150_000 }, paid }), { minor: 21_000, currency: 'RUB' })
    assert.equal(dueOf({ due: { ...due, minor: 100_000 }, paid }), null)
})

test('calls are kept while the order is on the list', () => {
    const notes = changed({}, '1', { calls: 2 })
    assert.equal(notes['1']?.calls, 2)
    assert.deepEqual(kept(notes, [], now), {})
    assert.deepEqual(Object.keys(kept(notes, [{ order: '1' }], now)), ['1'])
    assert.equal(kept(changed(notes, '1', { atMs: now }), [], now)['1']?.calls, 2) // the list may be empty for a moment
    assert.deepEqual(read(JSON.stringify(notes)), notes)
    assert.deepEqual([read('{'), read('null'), read('[]')], [{}, {}, {}])
})

test('the time that a recipient asked for is said until the order has it, or another one', () => {
    const hour = 60 * minute
    const asked = { ...attempt('rescheduled'), again_from_ms: now + hour, again_to_ms: now + 2 * hour } as Act
    const of = (from_ms: number, to_ms: number) => stopOf({ ...task('1', [mine('a', asked)]), from_ms, to_ms }, now).again
    assert.deepEqual(of(now - hour, now), { from_ms: now + hour, to_ms: now + 2 * hour })
    assert.equal(of(now + hour, now + 2 * hour), null)
})
