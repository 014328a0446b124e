import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageOf, clockOf } from '@shared/ages'
import { placeholders, translator } from '@shared/dictionary'
import { matches } from '@shared/folding'
import { en as enFirst } from '../src/i18n/en'
import { rooms as enRooms } from '../src/i18n/en/rooms'
import { ru as ruFirst, type Key } from '../src/i18n/ru'
import { rooms as ruRooms } from '../src/i18n/ru/rooms'
import { applyRow, byUrgency, countStates, isShown, newCourier } from '../src/lib/couriers'
import { nameOfKey } from '../src/lib/keys'
import { visibleRows } from '../src/lib/rows'
import { formatRoute, formatSpan, listOf, parseRoute, parseSpan, parseViewport } from '../src/lib/url'
import { actionKey, changesOf, dayEdge } from '../src/rooms/audit/words'

// the first load's and the rooms' own
const ru = { ...ruFirst, ...ruRooms }
const en = { ...enFirst, ...enRooms }

const info = { id: 'a', name: 'Семёнова Анна', code: 'K-101', phone: '+79161234567', device: null, site: null, battery: 50, in_shift_since_ms: 1, break_since_ms: null }
const row = (state: 'moving' | 'offline' | 'off_shift', fixMs: number | null, lat = 55): Parameters<typeof applyRow>[1] =>
    fixMs === null ? ['a', null, null, null, null, null, null, state, null] : ['a', lat, 37, 90, 5, fixMs, fixMs + 1, state, 8]

test('both languages have the same texts with the same placeholders', () => {
    assert.deepEqual(Object.keys(en).sort(), Object.keys(ru).sort())
    for (const key of Object.keys(ru) as Key[]) {
        assert.deepEqual(placeholders(en[key]), placeholders(ru[key]), key)
        assert.ok(typeof en[key] !== 'string' || en[key] !== '', key)
    }
})

test('Russian plurals have all four forms', () => {
    for (const [key, text] of Object.entries(ru)) {
        if (typeof text === 'string') continue
        assert.ok('few' in text && 'many' in text, key)
    }
    const speak = translator(ru, 'ru-RU')
    assert.equal(speak('link.retry_in', { n: 1 }), 'повтор через 1 секунду')
    assert.equal(speak('link.retry_in', { n: 3 }), 'повтор через 3 секунды')
    assert.equal(speak('link.retry_in', { n: 11 }), 'повтор через 11 секунд')
})

test('English leaves no Russian letters', () => {
    for (const [key, text] of Object.entries(en)) assert.doesNotMatch(JSON.stringify(text), /[а-яё]/i, key)
})

test('ages use the largest unit that still says something', () => {
    assert.deepEqual(ageOf(89_999), { value: 89, unit: 'second' })
    assert.deepEqual(ageOf(90_000), { value: 1, unit: 'minute' })
    assert.deepEqual(ageOf(5_400_000), { value: 1, unit: 'hour' })
    assert.deepEqual(ageOf(40 * 3_600_000), { value: 1, unit: 'day' })
    assert.deepEqual(ageOf(-5_000), { value: 0, unit: 'second' })
    assert.equal(clockOf(3_725_900), '1:02:05')
})

test('search folds case and ё and finds digits of a phone', () => {
    assert.equal(matches('Семёнова Анна K-101 +79161234567', 'семен ан'), true)
    assert.equal(matches('Семёнова Анна K-101 +79161234567', '916123'), true)
    assert.equal(matches('Семёнова Анна K-101 +79161234567', 'k-101'), true)
    assert.equal(matches('Семёнова Анна', 'мёнова'), false)
})

test('equal states of a page give equal links', () => {
    const a = formatRoute({ path: '/map', query: { state: 'moving,offline', c: '7', q: '' } })
    const b = formatRoute({ path: '/map', query: { c: '7', state: 'moving,offline' } })
    assert.equal(a, b)
    assert.equal(a, '/map?c=7&state=moving,offline')
    assert.deepEqual(parseRoute('/map/', '?c=7&state=moving,offline&q='), { path: '/map', query: { c: '7', state: 'moving,offline' } })
})

test('a search text with spaces and signs survives the URL', () => {
    const text = 'Анна & Пётр+1, 50%'
    const url = formatRoute({ path: '/map', query: { q: text } })
    assert.equal(parseRoute('/map', url.slice(url.indexOf('?'))).query['q'], text)
})

test('nonsense in the URL is ignored', () => {
    assert.equal(parseViewport('95,37,14'), null)
    assert.equal(parseViewport('x,37,14'), null)
    assert.equal(parseViewport(undefined), null)
    assert.equal(parseSpan('1795000000-1794000000'), null)
    assert.equal(parseSpan(formatSpan({ fromMs: 1_795_000_000_000, toMs: 1_795_000_000_000 + 49 * 3_600_000 })), null)
    assert.deepEqual(listOf('offline,flying', ['moving', 'offline'] as const), ['offline'])
})

test('a replay span survives the URL', () => {
    const span = { fromMs: 1_795_000_000_000, toMs: 1_795_000_060_000 }
    assert.deepEqual(parseSpan(formatSpan(span)), span)
})

test('an older fix changes the state but not the place', () => {
    const now = applyRow(newCourier(info), row('moving', 2_000, 55.5))
    const later = applyRow(now, row('offline', 1_000, 55.1))
    assert.equal(later.lat, 55.5)
    assert.equal(later.state, 'offline')
})

test('off shift there is no place', () => {
    const now = applyRow(applyRow(newCourier(info), row('moving', 2_000)), row('off_shift', null))
    assert.equal(now.lat, null)
    assert.equal(now.state, 'off_shift')
    assert.equal(now.name, info.name)
})

test('problems stand on top, the longest silence first', () => {
    const make = (name: string, state: 'moving' | 'offline', fixMs: number) => ({ ...applyRow(newCourier(info), row(state, fixMs)), name })
    const list = [make('Я', 'moving', 9_000), make('А', 'moving', 1_000), make('Б', 'offline', 5_000), make('В', 'offline', 3_000)]
    assert.deepEqual(list.sort(byUrgency).map(({ name }) => name), ['В', 'Б', 'А', 'Я'])
    assert.deepEqual(countStates(list), { moving: 2, standing: 0, silent: 0, offline: 2, on_break: 0, off_shift: 0 })
})

test('the filter needs state and text', () => {
    const one = applyRow(newCourier(info), row('moving', 2_000))
    assert.equal(isShown(one, { text: '', states: [] }), true)
    assert.equal(isShown(one, { text: 'семен', states: ['moving'] }), true)
    assert.equal(isShown(one, { text: 'семен', states: ['offline'] }), false)
    assert.equal(isShown(one, { text: 'петр', states: [] }), false)
})

test('only rows in sight are in the page', () => {
    assert.deepEqual(visibleRows(2_000, 50, 0, 500), { first: 0, end: 16 })
    assert.deepEqual(visibleRows(2_000, 50, 50_000, 500), { first: 994, end: 1_016 })
    assert.deepEqual(visibleRows(3, 50, 0, 500), { first: 0, end: 3 })
    assert.deepEqual(visibleRows(3, 50, 90_000, 500), { first: 3, end: 3 })
})

test('shortcuts work with a Russian keyboard', () => {
    assert.equal(nameOfKey({ key: 'о', code: 'KeyJ', shiftKey: false }), 'j')
    assert.equal(nameOfKey({ key: '.', code: 'Slash', shiftKey: false }), '/')
    assert.equal(nameOfKey({ key: ',', code: 'Slash', shiftKey: true }), '?')
    assert.equal(nameOfKey({ key: 'ArrowLeft', code: 'ArrowLeft', shiftKey: true }), 'Shift+ArrowLeft')
})

test('audit details read as changes', () => {
    const plain = (name: string) => name
    assert.equal(changesOf({ roles: [['depot'], ['depot', 'clerk']], reason: 'new hand' }, plain), 'roles: depot → depot, clerk · reason: new hand')
    assert.equal(changesOf({ phone: [null, '+7'] }, plain), 'phone: — → +7')
    assert.equal(actionKey('device.locked'), 'act.device.locked')
    assert.equal(actionKey('device.teleported'), null)
})

test('a day of the audit filter begins at local midnight', () => {
    assert.equal(dayEdge('2026-11-22', 0), new Date(2026, 10, 22).getTime())
    assert.equal(dayEdge('2026-11-30', 1), new Date(2026, 11, 1).getTime())
    assert.equal(dayEdge('yesterday', 0), null)
})
