// Words for what is wrong with partners' files.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeholders } from '@shared/dictionary'
import { Refused } from '../src/api/client'
import { registries as english } from '../src/i18n/en/registries'
import { registries as russian } from '../src/i18n/ru/registries'
import { numberOf, refusalOf, wordOf } from '../src/rooms/registries/words'

const refused = (...fields: { field: string; code: 'required' | 'taken' | 'malformed'; detail?: string }[]) =>
    new Refused(400, { type: '', title: '', status: 400, kind: 'invalid', fields })

test('both languages of the room have the same placeholders, and Russian plurals all forms', () => {
    for (const [key, text] of Object.entries(russian)) {
        assert.deepEqual(placeholders(english[key as keyof typeof russian]), placeholders(text), key)
        assert.ok(typeof text === 'string' || ('few' in text && 'many' in text), key)
    }
})

test('a file names the registry, without its ending', () => {
    assert.equal(numberOf('П-17.csv'), 'П-17')
    assert.equal(numberOf('2026.11.28 утро.csv'), '2026.11.28 утро')
    assert.equal(numberOf('x'.repeat(80) + '.csv').length, 64)
})

test('a fault has words, and its column; one newer than this page still says something', () => {
    assert.deepEqual(wordOf({ field: 'phone', code: 'malformed', about: '' }), { key: 'fault.malformed', column: 'column.phone', about: '' })
    assert.deepEqual(wordOf({ field: '', code: 'other_line', about: '7' }), { key: 'fault.other_line', column: null, about: '7' })
    assert.equal(wordOf({ field: 'colour' as 'what', code: 'ugly' as 'taken', about: '' }).key, 'error.field')
})

test('a file that is refused says why, with all columns of one fault', () => {
    assert.deepEqual(refusalOf(refused({ field: 'file', code: 'malformed', detail: 'no text' })), { key: 'file.malformed', columns: [], detail: 'no text' })
    const columns = refusalOf(refused({ field: 'file.recipient', code: 'required' }, { field: 'file.address', code: 'required' }, { field: 'file.phone', code: 'taken' }))
    assert.deepEqual([columns?.key, columns?.columns], ['file.column.required', ['column.recipient', 'column.address']])
    assert.equal(refusalOf(refused({ field: 'sender', code: 'required' })), null)
    assert.equal(refusalOf(new Refused(0, null)), null)
})
