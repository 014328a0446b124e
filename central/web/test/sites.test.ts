import assert from 'node:assert/strict'
import { test } from 'node:test'
import { siteDraft, siteEdit, siteFaults } from '../src/rooms/sites/draft'

test('a site needs a name, an address, and days that fit', () => {
    const site = {
        id: '1', kind: 'depot', name: 'Северный', address: 'Лесная, 1', place: null, hours: null, storage_days: 7,
        time_zone: 'Europe/Moscow', state: 'open', etag: '"1"',
    } as const
    assert.deepEqual(Object.keys(siteFaults({ ...siteDraft(null, 'UTC'), days: '61' })), ['name', 'address', 'storage_days'])
    assert.deepEqual(siteEdit(siteDraft(site, ''), site), {})
    assert.deepEqual(siteEdit({ ...siteDraft(site, ''), hours: '9–21', days: '5' }, site), { hours: '9–21', storage_days: 5 })
})
