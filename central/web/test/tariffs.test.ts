import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { feeOf, minuteOf, pointsOf, textOfFee, textOfGrams, textOfMinute, wholeOf } from '../src/lib/fees'
import { tariffDraft, tariffFaults, tariffNew } from '../src/rooms/rules/tariff_draft'

test('fees, percentages and times are read as people type them', () => {
    assert.deepEqual(['', '0', '290', '1 290,50', '5.5', '-1', '1,234', 'x', '99999999'].map(feeOf), [0, 0, 29_000, 129_050, 550, null, null, null, null])
    assert.deepEqual(['1,5', '100%', '100,01', ''].map(pointsOf), [150, 10_000, null, 0])
    assert.deepEqual(['9:30', '24:00', '24:01', '10:60', '10'].map(minuteOf), [570, 1440, null, null, null])
    assert.equal(textOfMinute(570), '09:30')
    assert.equal(textOfFee(129_050), '1290,50')
    assert.equal(textOfGrams(1250), '1,25')
    assert.deepEqual([wholeOf('12', 20), wholeOf('21', 20), wholeOf('1.5', 20)], [12, null, null])
})

const zones = [{ id: 'z', name: 'Город' }] as never[]
const base = { ...tariffDraft(null, zones, '2026-12-01T00:00'), name: 'Основной', base: '300' }

test('the next version of a tariff begins as the one before', () => {
    const data = tariffNew({ ...base, outside: '0', zones: { z: '450' }, weights: [{ key: 0, upTo: '1,5', fee: '' }], percent: '1,5', late: '18:00', lateFee: '40' })
    assert.equal(data.outside_minor, 0)
    assert.equal(data.free_from_minor, null)
    assert.deepEqual(data.zones, [{ zone: 'z', minor: 45_000 }])
    const tariff = { ...data, id: '1', holds: true, state: 'open', etag: '"1"' } as never
    assert.deepEqual(tariffNew(tariffDraft(tariff, zones, base.from)), data)
})

test('what is wrong in a tariff is said at its field', () => {
    assert.deepEqual(tariffFaults(base), {})
    const weights = [{ key: 0, upTo: '2', fee: '50' }, { key: 1, upTo: '1', fee: '60' }, { key: 2, upTo: '5', fee: '10' }]
    const faults = tariffFaults({ ...base, name: ' ', base: '', percent: '101', late: '25:00', zones: { z: 'много' }, weights })
    assert.deepEqual(Object.keys(faults).sort(), ['base_minor', 'cash_bp', 'late_minute', 'name', 'weights/1', 'weights/2', 'zones/z'])
})

test('the sentences about zones are those that central says', () => {
    const read = (path: string) => readFileSync(path, 'utf8').replace(/"\s*\n\s*"/g, '')
    const central = ['app/tariffs/shape.cpp', 'app/tariffs/zones.cpp', 'api/zone_codec.cpp'].map((path) => read(`../${path}`)).join('\n')
    const known = [...read('src/rooms/rules/fault_words.ts').matchAll(/^ {4}'(.+)': '(?:zone|error)\./gm)].map((match) => match[1] ?? '')
    assert.ok(known.length > 10)
    for (const sentence of known) assert.ok(central.includes(`"${sentence}"`), sentence)
})
