import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hookFaults, newToken, tokenFaults, tokenNew } from '../src/rooms/access/draft'
import { reasonKey } from '../src/rooms/access/reasons'

const noon = new Date(2026, 10, 22, 12).getTime()

test('a token needs a name, a sender and something that it opens', () => {
    const draft = { ...newToken(), name: ' ', sender: '', scopes: [] }
    assert.deepEqual(Object.keys(tokenFaults(draft, noon)), ['name', 'sender', 'scopes'])
    assert.deepEqual(tokenFaults({ ...newToken(), name: 'Касса', sender: 'Лавка' }, noon), {})
})

test('a token works to the end of its last day', () => {
    const draft = { ...newToken(), name: ' Касса ', sender: 'Лавка', until: '2026-11-22' }
    assert.deepEqual(tokenFaults(draft, noon), {})
    assert.equal(tokenNew(draft).expires_ms, new Date(2026, 10, 23).getTime())
    assert.equal(tokenNew(draft).name, 'Касса')
    assert.deepEqual(tokenFaults({ ...draft, until: '2026-11-21' }, noon), { expires_ms: 'error.out_of_range' })
    assert.equal(tokenNew({ ...draft, until: '' }).expires_ms, null)
})

test('scopes are sent in the order of the contract, whatever was ticked first', () => {
    const draft = { ...newToken(), scopes: ['webhooks', 'orders:read'] as const }
    assert.deepEqual(tokenNew({ ...draft, scopes: [...draft.scopes] }).scopes, ['orders:read', 'webhooks'])
})

test('a webhook needs a sender and an address', () => {
    assert.deepEqual(hookFaults({ sender: '', url: '' }), { sender: 'error.required', url: 'error.required' })
    assert.deepEqual(hookFaults({ sender: 'Лавка', url: 'lavka.example' }), { url: 'error.url' })
    assert.deepEqual(hookFaults({ sender: 'Лавка', url: 'https://lavka.example/hook' }), {})
})

test('what central says of a failure is said in the language of the console, where it is known', () => {
    assert.deepEqual(reasonKey('the receiver answered 503'), { key: 'why.answered', status: '503' })
    assert.equal(reasonKey('https://a.example: the name a.example is not known now: Name or service not known')?.key, 'why.name')
    assert.equal(reasonKey('https://a.example: connect: Connection refused')?.key, 'why.refused')
    assert.equal(reasonKey('https://a.example: timeout while waiting for the answer')?.key, 'why.timeout')
    assert.equal(reasonKey('an error of central itself; see its log'), null)
})
