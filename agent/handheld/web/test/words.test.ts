import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { placeholders, translator, type Text } from '@shared/dictionary'
import { en } from '../src/i18n/en'
import { ru as first, type Key } from '../src/i18n/ru'
import { floor } from '../src/i18n/ru/floor'
import { late } from '../src/i18n/ru/late'
import { map } from '../src/i18n/ru/map'
import { sumText } from '../src/lib/sums'

const ru: Record<Key, Text> = { ...first, ...floor, ...late, ...map }
const agent = '../..' // the tests run in the project's folder
const header = (path: string) => readFileSync(`${agent}/${path}`, 'utf8')
const constants = (text: string) =>
    [...text.matchAll(/constexpr\s+std::string_view\s+\w+\s*=\s*((?:"(?:[^"\\]|\\.)*"\s*)+);/g)].map(([, parts]) => [...(parts ?? '').matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => part).join(''))

test('both languages have the same texts with the same placeholders', () => {
    assert.deepEqual(Object.keys(en).sort(), Object.keys(ru).sort())
    for (const key of Object.keys(ru) as Key[]) {
        assert.deepEqual(placeholders(en[key]), placeholders(ru[key]), key)
        assert.notEqual(en[key], '', key)
    }
})

test('Russian plurals have all four forms, and English leaves no Russian letters', () => {
    for (const [key, text] of Object.entries(ru)) if (typeof text !== 'string') assert.ok('few' in text && 'many' in text, key)
    for (const [key, text] of Object.entries(en)) assert.doesNotMatch(JSON.stringify(text), /[а-яё]/i, key)
    const speak = translator(ru, 'ru-RU')
    assert.deepEqual([1, 3, 11].map((n) => speak('sync.waiting', { n })), ['1 запись не отправлена', '3 записи не отправлены', '11 записей не отправлены'])
})

test('what the agent refuses has its words in both languages', () => {
    const files = ['app/parcels.hpp', 'app/chat.hpp', 'app/codes.hpp', 'app/shift.hpp', 'app/scanning.hpp', 'app/floor.hpp']
    const texts = files.flatMap((file) => {
        const found = constants(header(file))
        assert.ok(found.length > 0, file)
        return found
    })
    assert.ok(texts.includes('start the shift first') && texts.length >= 20)
    for (const text of texts) for (const words of [ru, en]) assert.ok(`problem:${text}` in words, text)
})

test('each reason of the catalogue has its word', () => {
    const names = [...header('../shared/model/attempt_reasons.hpp').matchAll(/^\s*\{"(\w+)"/gm)].map(([, name]) => name)
    assert.equal(names.length, 8)
    for (const name of names) assert.ok(`reason.${name}` in ru, name)
})

test('no text is left that nobody shows', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.(svelte|ts)$/.test(name) && !/i18n.(ru|en)/.test(name))
    const all = sources.map((name) => readFileSync(`src/${name}`, 'utf8')).join('\n')
    const groups = [...all.matchAll(/`([\w.]+\.)\$\{/g), ...all.matchAll(/word\('(\w+)'/g)].map(([, start]) => (start ?? '').replace(/\.?$/, '.'))
    const isUsed = (key: string) => key.startsWith('problem:') || all.includes(`'${key}'`) || groups.some((start) => key.startsWith(start))
    assert.deepEqual(Object.keys(ru).filter((key) => !isUsed(key)), [])
})

test('the first screens say no word that comes with the later ones', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.(svelte|ts)$/.test(name) && !/^(i18n|floor|late|map)\b/.test(name))
    assert.ok(sources.includes('app.svelte') && sources.includes('screens/menu.svelte'))
    const all = sources.map((name) => readFileSync(`src/${name}`, 'utf8')).join('\n')
    const groups = [...all.matchAll(/`([\w.]+\.)\$\{/g)].map(([, start]) => start ?? '')
    assert.ok(groups.includes('slot.'))
    assert.deepEqual(Object.keys({ ...floor, ...late, ...map }).filter((key) => all.includes(`'${key}'`) || groups.some((start) => key.startsWith(start))), [])
    assert.deepEqual(Object.keys({ ...floor, ...late, ...map }).filter((key) => key in first), [])
})

test('sums have kopecks only when there are some', () => {
    const text = (minor: number, locale = 'ru-RU') => sumText({ minor, currency: 'RUB' }, locale).replace(/\s/g, ' ')
    assert.equal(text(129_000), '1 290 ₽')
    assert.equal(text(49_950), '499,50 ₽')
    assert.equal(text(129_000, 'en-GB'), 'RUB 1,290')
    assert.equal(sumText({ minor: 150, currency: '?' }, 'ru-RU'), '1.50 ?')
})
