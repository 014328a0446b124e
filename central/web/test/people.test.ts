import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Courier } from '../src/api/types'
import { changed } from '../src/lib/edits'
import { courierData, courierDraft, courierFaults } from '../src/rooms/map/courier_draft'
import { staffDraft, staffEdit, staffFaults, staffNew } from '../src/rooms/staff/draft'

test('a colleague needs a name, a login that central takes, and a role', () => {
    const draft = staffDraft(null)
    assert.deepEqual(staffFaults({ ...draft, roles: [] }), { name: 'error.required', login: 'error.required', roles: 'error.required' })
    const named = { ...draft, name: ' Ольга ', login: ' O.Melnik ' }
    assert.deepEqual(staffFaults(named), {})
    for (const login of ['ab', 'ольга', 'o melnik', 'o'.repeat(65)]) assert.deepEqual(staffFaults({ ...named, login }), { login: 'error.login' }, login)
    assert.deepEqual(staffNew(named), { name: 'Ольга', login: 'o.melnik', roles: ['dispatcher'] })
    assert.deepEqual(staffEdit(named), { name: 'Ольга', roles: ['dispatcher'] })
})

test('a courier needs a name and a code; a phone is completed, or called wrong', () => {
    const none = courierDraft(null)
    assert.deepEqual(courierFaults(none, none), { name: 'error.required', code: 'error.required' })
    const draft = { ...none, name: 'Борис Берёза', code: 'k-104', phone: '8 (916) 123-45-67' }
    assert.deepEqual(courierFaults(draft, none), {})
    assert.deepEqual(courierData(draft), { name: 'Борис Берёза', code: 'K-104', phone: '+79161234567', site: null })
    assert.deepEqual(courierFaults({ ...draft, code: 'К-104', phone: '123' }, none), { code: 'error.code', phone: 'error.phone' })
})

test('of a known courier only what was changed is sent; a phone of before is not called wrong', () => {
    const courier = { id: '1', name: 'Борис', code: 'K-1', phone: '+112', site: null, device: { id: 'd' } } as unknown as Courier
    const before = courierDraft(courier)
    assert.deepEqual(courierFaults({ ...before, name: 'Борис Б.' }, before), {})
    assert.deepEqual(changed(courierData({ ...before, name: 'Борис Б.' }), courierData(before)), { name: 'Борис Б.' })
    assert.deepEqual(changed(courierData({ ...before, phone: '' }), courierData(before)), { phone: null })
    assert.deepEqual(changed(courierData({ ...before, device: '' }), courierData(before)), {})
})
