import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againAt, againDays, againParts, isAhead } from '../src/lib/again'

const at = (hour: number, minute = 0) => new Date(2026, 10, 28, hour, minute).getTime()

test('the week ahead begins today, and tomorrow when nothing of today is left', () => {
    const days = againDays(at(14))
    assert.equal(days.length, 7)
    assert.equal(days[0], at(0))
    assert.equal(new Date(days[6] ?? 0).getDate(), 4)
    assert.equal(againDays(at(21))[0], new Date(2026, 10, 29).getTime())
})

test('a part of a day is from one full hour to another, and can be chosen until it is over', () => {
    assert.deepEqual(againAt(at(0), [18, 21]), { from_ms: at(18), to_ms: at(21) })
    assert.deepEqual(againParts.map((part) => isAhead(at(0), part, at(16, 30))), [false, false, true, true, true])
    assert.ok(againParts.every((part) => isAhead(at(0) + 86_400_000, part, at(16, 30))))
})
