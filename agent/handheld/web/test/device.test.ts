import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Status } from '../src/api/types'
import { Bursts, charOf, type Key } from '../src/lib/bursts'
import { fitted } from '../src/lib/photos'
import { between, isNewer } from '../src/lib/scan_order'
import { syncState, troublesOf } from '../src/lib/sync'

const now = 1_795_000_000_000
const fine: Status = {
    version: '', device: '', server: '', connection: 'running', locked: false, courier: '', site: '', sign_in: { step: 'not_needed', tries_left: 0 }, shift: null, unacked: { fact: 0, track: 40, blob: 0, oldest_s: null },
    gps: { fitted: true, gpsd: true, lost: false, age_s: 1, accuracy_m: 5 }, scanner: null, battery: { percent: 80, charging: false }, storage: { free_bytes: 1e9, step: 0 },
}

test('sending is told in words that the courier can act on', () => {
    assert.deepEqual(syncState(fine, now, now), { is: 'sent' }) // track is sent all the time: not worth a word
    const waiting: Status = { ...fine, unacked: { fact: 2, track: 0, blob: 1, oldest_s: 720 } }
    assert.deepEqual(syncState(waiting, now, now), { is: 'waiting', n: 3, oldestMs: 720_000 })
    const away: Status = { ...waiting, connection: 'offline' }
    assert.deepEqual(syncState(away, now, now - 600_000), { is: 'away', n: 3, sinceMs: now - 600_000 })
    assert.deepEqual(syncState(away, now, null), { is: 'away', n: 3, sinceMs: null })
    assert.equal(syncState({ ...away, connection: 'greeting' }, now, now - 5_000).is, 'waiting') // a link made anew is no news
    assert.equal(syncState({ ...fine, connection: 'held' }, now, now).is, 'held')
})

test('troubles are told only when they are there', () => {
    assert.deepEqual(troublesOf(fine), [])
    const ill: Status = { ...fine, gps: { ...fine.gps, lost: true }, battery: { percent: 9, charging: false }, storage: { free_bytes: 1, step: 2 }, scanner: false }
    assert.deepEqual(troublesOf(ill), ['gps_lost', 'battery', 'storage', 'scanner'])
    assert.deepEqual(troublesOf({ ...ill, site: '0a' }), ['battery', 'storage', 'scanner']) // indoors
    assert.deepEqual(troublesOf({ ...ill, gps: { ...fine.gps, gpsd: false }, battery: { percent: 9, charging: true }, storage: fine.storage, scanner: true }), ['gps_none'])
    assert.deepEqual(troublesOf({ ...fine, gps: { fitted: false, gpsd: false, lost: false, age_s: null, accuracy_m: null } }), [])
})

const keyOf = (char: string): Key => {
    const code = /[a-z]/i.test(char) ? `Key${char.toUpperCase()}` : /\d/.test(char) ? `Digit${char}` : char === '-' ? 'Minus' : ''
    return { key: char, code, shiftKey: /[A-Z]/.test(char) }
}
const enter: Key = { key: 'Enter', code: 'Enter', shiftKey: false }
const shift: Key = { key: 'Shift', code: 'ShiftLeft', shiftKey: true }

function type(bursts: Bursts, text: string, everyMs: number, fromMs = 0) {
    let at = fromMs
    for (const char of text) {
        if (/[A-Z]/.test(char)) bursts.press(shift, at)
        bursts.press(keyOf(char), at)
        at += everyMs
    }
    return bursts.press(enter, at)
}

test('a scanner is told from fingers by its haste', () => {
    assert.deepEqual(type(new Bursts(), 'A-10001-1', 5), { is: 'scan', code: 'A-10001-1' })
    assert.deepEqual(type(new Bursts(), '4600000000015', 30), { is: 'scan', code: '4600000000015' })
    assert.deepEqual(type(new Bursts(), '4600000000015', 150), { is: 'idle' })
    assert.deepEqual(type(new Bursts(), '12', 5), { is: 'idle' }) // too short for a code
    const twice = new Bursts()
    type(twice, 'A-1', 5)
    assert.deepEqual(type(twice, 'B-2', 5, 20), { is: 'scan', code: 'B-2' })
    const late = new Bursts()
    for (const [i, char] of [...'A-1'].entries()) late.press(keyOf(char), i * 5)
    assert.deepEqual(late.press(enter, 500), { is: 'idle' }) // a finger's Enter, long after
})

test('a lone digit is a finger once nothing follows', () => {
    const bursts = new Bursts()
    assert.deepEqual(bursts.press(keyOf('7'), 0), { is: 'idle' })
    assert.deepEqual(bursts.settle(30), { is: 'idle' })
    assert.deepEqual(bursts.settle(100), { is: 'digit', digit: '7' })
    assert.deepEqual(bursts.settle(200), { is: 'idle' })
    bursts.press(keyOf('4'), 300)
    assert.deepEqual(bursts.press(keyOf('6'), 305), { is: 'burst' })
    assert.deepEqual(bursts.settle(500), { is: 'idle' })
})

test('a Russian layout does not change what a scanner types', () => {
    assert.equal(charOf({ key: 'Ф', code: 'KeyA', shiftKey: true }), 'A')
    assert.equal(charOf({ key: 'я', code: 'KeyZ', shiftKey: false }), 'z')
    assert.equal(charOf({ key: '.', code: 'Slash', shiftKey: false }), '/')
    assert.equal(charOf({ key: 'ю', code: 'Period', shiftKey: false }), '.')
    assert.equal(charOf({ key: '7', code: 'Numpad7', shiftKey: false }), '7')
    assert.equal(charOf({ key: 'ArrowUp', code: 'ArrowUp', shiftKey: false }), '')
})

test('each scan is told once, also over a restart of the agent', () => {
    assert.equal(isNewer({ n: 4, at_ms: 9 }, { n: 3, at_ms: 8 }), true)
    assert.equal(isNewer({ n: 3, at_ms: 8 }, { n: 3, at_ms: 8 }), false)
    assert.equal(isNewer({ n: 2, at_ms: 7 }, { n: 3, at_ms: 8 }), false) // an older answer that came late
    assert.equal(isNewer({ n: 1, at_ms: 20 }, { n: 3, at_ms: 8 }), true)
    assert.deepEqual([between({ n: 6, at_ms: 0 }, { n: 3, at_ms: 0 }), between({ n: 4, at_ms: 0 }, { n: 3, at_ms: 0 }), between({ n: 1, at_ms: 0 }, { n: 3, at_ms: 0 })], [2, 0, 0])
})

test('a photo is never made larger', () => {
    assert.deepEqual(fitted(4_000, 3_000), { width: 1_600, height: 1_200 })
    assert.deepEqual(fitted(300, 4_000), { width: 120, height: 1_600 })
    assert.deepEqual(fitted(640, 480), { width: 640, height: 480 })
})
