import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FloorParcel, HandoutBoard, IntakeBoard, ReturnBoard, Scanned } from '../src/api/types'
import { handoutAfter, intakeAfter, returnAfter, scannedCode } from '../src/rooms/depot/floor'

const parcel = (id: string): FloorParcel => ({
    id, order: 'o', order_number: 'A-1', number: 1, of: 1, code: `A-1-${id}`, outer_code: null, sender: 'Лавка', recipient: 'Ольга',
    address: 'ул. Садовая, 14', status: 'at_depot', holder: { kind: 'depot', id: 'd', name: 'Северный' }, courier: null,
})
const scanned = (word: Scanned['word'], more: Partial<Scanned>): Scanned => ({
    word, tone: 'good', parcel: null, event: null, extra: null, registry: null, holder: null, choices: [], goal: null, bag: null, figures: null, ...more,
})
const intake = (missing: FloorParcel[], extra = 0): IntakeBoard => ({
    registry: {
        id: 'r', number: 'R-1', outer_number: null, sender: 'Лавка', state: 'open', created_ms: 1, closed_ms: null,
        figures: { expected: 2, arrived: 2 - missing.length, missing: missing.length, extra, damaged: 0 },
    },
    missing, extras: [], damaged: [],
})

test('a scanner under a Russian keyboard types what is printed on the parcel', () => {
    assert.equal(scannedCode('Ф-10001-1'), 'A-10001-1')
    assert.equal(scannedCode(' 4600000000015\n'), '4600000000015')
    assert.equal(scannedCode('цb7'), 'wb7')
    assert.equal(scannedCode('   '), '')
})

test('a scan moves a parcel from missing to arrived without reading the registry again', () => {
    const [a, b] = [parcel('a'), parcel('b')]
    const figures = { expected: 2, arrived: 1, missing: 1, extra: 0, damaged: 0 }
    const next = intakeAfter(intake([a, b]), scanned('taken', { parcel: a, event: 'e', figures }), 'A-1-a', 'Анна', 5)
    assert.deepEqual(next?.missing, [b])
    assert.deepEqual(next?.registry.figures, figures)
})

test('what was not expected is listed with its code', () => {
    const figures = { expected: 2, arrived: 0, missing: 2, extra: 1, damaged: 0 }
    const board = intake([parcel('a'), parcel('b')])
    const next = intakeAfter(board, scanned('unknown', { extra: 'x', figures }), 'QQ-77', 'Анна', 5)
    assert.deepEqual(next?.extras, [{ id: 'x', code: 'QQ-77', parcel: null, event: null, note: null, by: 'Анна', at_ms: 5 }])
    assert.deepEqual(intakeAfter(next as IntakeBoard, scanned('unknown_again', { extra: 'x', figures }), 'QQ-77', 'Анна', 6)?.extras.length, 1)
})

test('when another desk has scanned too, the lists are read anew', () => {
    const a = parcel('a')
    const figures = { expected: 2, arrived: 2, missing: 0, extra: 0, damaged: 0 }
    assert.equal(intakeAfter(intake([a, parcel('b')]), scanned('taken', { parcel: a, event: 'e', figures }), 'A-1-a', '', 5), null)
    const board: HandoutBoard = { courier: { id: 'c', name: 'Иван', code: 'C-1' }, figures: { waiting: 1, not_here: 0, carried: 0 }, waiting: [a], not_here: [], carried: [] }
    assert.equal(handoutAfter(board, scanned('handed', { parcel: a, event: 'e', figures: { waiting: 0, not_here: 0, carried: 2 } })), null)
})

test('what is handed out and brought back changes its list; a question changes nothing', () => {
    const [a, b] = [parcel('a'), parcel('b')]
    const courier = { id: 'c', name: 'Иван', code: 'C-1' }
    const out: HandoutBoard = { courier, figures: { waiting: 1, not_here: 1, carried: 0 }, waiting: [a], not_here: [b], carried: [] }
    const handed = handoutAfter(out, scanned('handed', { parcel: a, event: 'e', figures: { waiting: 0, not_here: 1, carried: 1 } }))
    assert.deepEqual([handed?.waiting, handed?.carried], [[], [a]])
    assert.equal(handoutAfter(out, scanned('confirm_other', { parcel: b, figures: out.figures })), out)
    const back: ReturnBoard = { courier, figures: { left: 2, counted: 0 }, opened_ms: null, left: [a, b], counted: [] }
    const returned = returnAfter(back, scanned('returned', { parcel: b, event: 'e', figures: { left: 1, counted: 1 } }))
    assert.deepEqual([returned?.left, returned?.counted], [[a], [b]])
})

test('a bag handed out is many parcels: the list is read anew', () => {
    const board: HandoutBoard = { courier: { id: 'c', name: 'Иван', code: 'C-1' }, waiting: [parcel('1')], not_here: [], carried: [], figures: { waiting: 1, not_here: 0, carried: 0 } }
    const goal = { kind: 'courier', id: 'c', name: 'Иван', code: 'C-1', cell: null, place: null } as const
    const bag = { id: 'b', number: 'BAG-10001', goal, moved: 1, gone: 0, scan: 3 }
    const figures = { waiting: 0, not_here: 0, carried: 1 }
    assert.equal(handoutAfter(board, scanned('bag_handed', { bag, figures })), null)
    assert.equal(handoutAfter(board, scanned('bag_open', { bag: { ...bag, moved: 0 }, figures })), board)
})
