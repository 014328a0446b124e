import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Board, BoardOrder } from '../src/api/types'
import { filtered, slotKey, slotsOf } from '../src/rooms/board/filter'
import { besideOf, dueOf, isSame, keepers, moved, moving, nobody, parcelsOf, placesOf, planOf, reuse, stepTarget, wayBack } from '../src/rooms/board/moves'

const order = (id: string, more: Partial<BoardOrder> = {}): BoardOrder => ({
    id, number: `A-${id}`, status: 'accepted', recipient: 'Ольга', address: 'ул. Садовая, 14', slot: null, due: null, parcels_count: 1, fixed: false, mark: `m${id}`, carried: [], ...more,
})
const courier = (id: string, stops: BoardOrder[], blocked = false) => ({ id, code: id, name: `Курьер ${id}`, blocked, online: true, in_shift_since_ms: null, break_since_ms: null, stops })
const board = (): Board => ({
    couriers: [courier('i', [order('1'), order('2'), order('3')]), courier('b', [order('7')], true), courier('a', [order('4')])],
    unplanned: [order('5'), order('6')],
    more: false,
})
const ids = (of: Board, column: string) => (column === nobody ? of.unplanned : (of.couriers.find((one) => one.id === column)?.stops ?? [])).map((stop) => stop.id).join('')
const pick = (of: Board, list: string) => moving(of, new Set(list)).orders

test('what is moved goes before the stop it was dropped on, or to the end, in the order of the board', () => {
    const from = board()
    const after = moved(from, pick(from, '52'), { column: 'a', before: '4' })
    assert.deepEqual([ids(after, nobody), ids(after, 'i'), ids(after, 'a')], ['6', '13', '524'])
    assert.equal(ids(moved(from, pick(from, '6'), { column: 'i', before: null }), 'i'), '1236')
    assert.equal(ids(moved(from, pick(from, '1'), { column: 'i', before: '3' }), 'i'), '213')
    assert.equal(ids(moved(from, pick(from, '12'), { column: 'i', before: null }), 'i'), '312')
    assert.equal(ids(from, 'i'), '123')
})

test('dropped on itself or on a neighbour that moves too, it stands before the next one that stays', () => {
    const from = board()
    assert.equal(ids(moved(from, pick(from, '12'), { column: 'i', before: '2' }), 'i'), '123')
    assert.deepEqual(planOf(from, pick(from, '12'), { column: 'i', before: '1' }), { orders: ['1', '2'], courier: 'i', seen: ['m1', 'm2'], before: '3' })
    assert.equal(planOf(from, pick(from, '3'), { column: 'i', before: '3' }).to_end, true)
})

test('a move that changes nothing is known as such', () => {
    const from = board()
    assert.ok(isSame(from, pick(from, '2'), { column: 'i', before: '3' }))
    assert.ok(isSame(from, pick(from, '3'), { column: 'i', before: null }))
    assert.ok(isSame(from, pick(from, '56'), { column: nobody, before: null }))
    assert.ok(!isSame(from, pick(from, '2'), { column: 'i', before: '1' }))
    assert.ok(!isSame(from, pick(from, '52'), { column: nobody, before: null }))
})

test('central is asked with what the dispatcher saw', () => {
    const from = board()
    assert.deepEqual(planOf(from, pick(from, '51'), { column: 'a', before: '4' }), { orders: ['5', '1'], courier: 'a', seen: ['m5', 'm1'], before: '4' })
    assert.deepEqual(planOf(from, pick(from, '1'), { column: nobody, before: null }), { orders: ['1'], courier: null, seen: ['m1'] })
})

test('fixed ones stay when several are moved, and go alone', () => {
    const from: Board = { ...board(), couriers: [courier('i', [order('1', { fixed: true }), order('2')])] }
    const both = moving(from, new Set('12'))
    assert.deepEqual([both.orders.map((one) => one.id), both.kept.map((one) => one.id)], [['2'], ['1']])
    assert.deepEqual(pick(from, '1').map((one) => one.id), ['1'])
})

/** What central would do with a plan. */
function done(of: Board, plan: ReturnType<typeof planOf>): Board {
    const orders = plan.orders.map((id) => placesOf(of).get(id)!.order)
    return moved(of, orders, { column: plan.courier ?? nobody, before: plan.before ?? null })
}

test('the way back gives every list its order again, wherever the orders were', () => {
    for (const [list, column, before] of [['135', 'a', null], ['123', nobody, null], ['2', 'i', '1'], ['3', 'i', '1'], ['56', 'i', '2'], ['4156', 'i', '3'], ['13', 'i', '2']] as const) {
        const from = board()
        const orders = pick(from, list)
        let now = moved(from, orders, { column, before })
        for (const { plan } of wayBack(from, orders)) now = done(now, plan)
        for (const one of ['i', 'a', 'b']) assert.equal(ids(now, one), ids(from, one), `${list} → ${column}: ${one}`)
        assert.deepEqual([...ids(now, nobody)].sort(), ['5', '6'])
    }
})

test('a mark that is lost on the way is set again, and fixed ones go back one by one', () => {
    const from: Board = { ...board(), couriers: [courier('i', [order('1'), order('2', { fixed: true })])] }
    const steps = wayBack(from, from.couriers[0]!.stops)
    assert.deepEqual(steps.map(({ plan, fix }) => [plan.orders.join(), fix.join()]), [['1', ''], ['2', '2']])
})

test('who has parcels on board is known before they are taken from him, and not when they come back to him', () => {
    const from: Board = { ...board(), couriers: [courier('i', [order('1', { carried: [{ courier: 'i', parcels: 2 }] })]), courier('a', [order('4', { carried: [{ courier: 'i', parcels: 1 }] })])] }
    const places = placesOf(from)
    const all = pick(from, '14')
    assert.deepEqual([...keepers(all, nobody, places)], [['i', 3]])
    assert.deepEqual([...keepers(all, 'a', places)], [['i', 2]])
    assert.deepEqual([...keepers(all, 'i', places)], [])
})

test('a step up or down takes the whole selection along, and stops at the edges', () => {
    const from = board()
    const step = (list: string, by: 1 | -1) => {
        const orders = pick(from, list)
        const target = stepTarget(from, 'i', orders, by)
        return target && ids(moved(from, orders, target), 'i')
    }
    assert.equal(step('2', -1), '213')
    assert.equal(step('2', 1), '132')
    assert.equal(step('1', 1), '213')
    assert.equal(step('12', 1), '312')
    assert.equal(step('23', -1), '231')
    assert.equal(step('1', -1), null)
    assert.equal(step('3', 1), null)
    assert.equal(stepTarget(from, nobody, pick(from, '5'), 1), null)
})

test('the column beside is the next that takes orders', () => {
    const from = board()
    assert.equal(besideOf(from, nobody, 1), 'i')
    assert.equal(besideOf(from, 'i', 1), 'a') // the one between is blocked
    assert.equal(besideOf(from, 'b', -1), 'i')
    assert.equal(besideOf(from, 'a', 1), null)
    assert.equal(besideOf(from, nobody, -1), null)
})

test('sums are of parcels, and of money per currency', () => {
    const stops = [order('1', { parcels_count: 2, due: { minor: 100, currency: 'RUB' } }), order('2', { due: { minor: 5, currency: 'BYN' } }), order('3', { due: { minor: 1, currency: 'RUB' } })]
    assert.equal(parcelsOf(stops), 4)
    assert.deepEqual(dueOf(stops), [{ minor: 5, currency: 'BYN' }, { minor: 101, currency: 'RUB' }])
})

test('what did not change is the same object on the fresh board', () => {
    const [old, fresh] = [board(), board()]
    fresh.unplanned[1] = order('6', { mark: 'other' })
    const shown = reuse(old, fresh)
    assert.equal(shown.unplanned[0], old.unplanned[0])
    assert.equal(shown.couriers[0]!.stops[2], old.couriers[0]!.stops[2])
    assert.equal(shown.unplanned[1], fresh.unplanned[1])
})

test('the unplanned are found by number, name, address, window and status', () => {
    const slot = { from_ms: 1_000, to_ms: 2_000 }
    const all = [order('1', { slot }), order('2', { recipient: 'Пётр', status: 'at_depot' }), order('3', { address: 'пр. Мира, 1', slot: { from_ms: 500, to_ms: 900 } })]
    const found = (text: string, window = '', status = '') => filtered(all, { text, slot: window, status }).map((one) => one.id).join('')
    assert.equal(found(''), '123')
    assert.equal(found('петр'), '2')
    assert.equal(found('мира'), '3')
    assert.equal(found('a-1'), '1')
    assert.equal(found('', slotKey(all[0]!)), '1')
    assert.equal(found('', 'none'), '2')
    assert.equal(found('', '', 'depot'), '2')
    assert.deepEqual(slotsOf(all).map((one) => one.slot?.from_ms ?? null), [500, 1_000, null])
})
