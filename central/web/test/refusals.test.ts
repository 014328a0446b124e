import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inRussian, words } from '../src/i18n/ru/refusals'

// Handhelds are answered there; the words below are for programs that write their queries themselves.
const forDevices = /enrol|device_gate|device_ask|map_pack/
const forPrograms = new Set([
    'a tile is named by three whole numbers, zoom 0 to 22', 'apply: true or false', 'demo controls are off', 'from_ms and to_ms are needed',
    'id: couriers, depots and points have one, others have none', 'lang: ru or en', 'not a message of the live feed', 'size: standard or small',
    'state: active or blocked', 'state: created, enrolled, locked or revoked', 'state: reading, open or closed', 'status: at most 16',
    'status: there is no such status', 'the base map has no such file', 'the device is not known here: enrol it', 'the cursor is not one of ours', 'the language is ru or en', 'type: at most 20',
])

const central = join(process.cwd(), '..')
const sources = ['app', 'api'].flatMap((folder) =>
    readdirSync(join(central, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.[ch]pp$/.test(name) && !forDevices.test(name))
        .map((name) => readFileSync(join(central, folder, name), 'utf8')),
)

test('whatever central refuses to a person of the office has its words in Russian', () => {
    const refusals = sources.flatMap((source) => [...source.matchAll(/core::(?:conflict|not_found|limit|unavailable|invalid)\(\s*"((?:[^"\\]|\\.)*)"\s*\)/g)].map((found) => found[1] ?? ''))
    assert.ok(refusals.length > 100, `only ${refusals.length} found`)
    const untold = [...new Set(refusals)].filter((text) => inRussian(text) === null && !forPrograms.has(text))
    assert.deepEqual(untold, [])
})

test('no word is kept that central does not say any more', () => {
    const all = sources.join('\n')
    assert.deepEqual(Object.keys(words).filter((text) => !all.includes(`"${text}"`)), [])
})

test('what a refusal names stays in it', () => {
    assert.equal(inRussian('registry R-101 is closed: give another number of the partner\'s'), 'Реестр R-101 закрыт: укажите другой номер партнёра')
    assert.equal(inRussian('orders[3] has come to its end'), 'Один из заказов уже завершён')
    assert.equal(inRussian('nobody says this'), null)
})
