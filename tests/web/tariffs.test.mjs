// Zones, slots and tariffs in a real browser, and what a new order gets of them. The tests go on from one another.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { apiOf, openConsole, setUpAdmin } from './office.mjs'
import { accessibilityFaults } from './page.mjs'

let world, page, complaints, contract, close, ask

const box = (west, south, east, north) => [[[west, south], [east, south], [east, north], [west, north], [west, south]]]
const feature = (name, coordinates, more = {}) => ({ type: 'Feature', properties: { name, ...more }, geometry: { type: 'Polygon', coordinates } })
const file = (...features) => ({ name: 'zones.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })) })
const city = feature('Город', box(37.3, 55.5, 37.9, 55.95), { colour: '#2f6fde' })
const centre = feature('Центр', box(37.55, 55.7, 37.7, 55.8), { colour: '#c2410c', priority: 5 })
const text = async (target) => (await target.innerText()).replace(/\s+/g, ' ')
const button = (name) => page.getByRole('button', { name })
const tab = (name) => page.getByRole('group', { name: 'Что показать' }).getByRole('button', { name })
const picture = async (name) => process.env.PLUS7_PICTURES && page.screenshot({ path: join(process.env.PLUS7_PICTURES, `${name}.png`) })

before(async () => {
    ;({ world, page, complaints, contract, close } = await openConsole())
    await setUpAdmin(page, world)
    ask = apiOf(page, world)
})
after(() => close?.())

test('zones are taken from a file after a look at what it changes', async () => {
    await page.goto(world.url + '/rules')
    await page.getByText('Зон пока нет').waitFor()
    await button('Загрузить GeoJSON').click()
    const form = page.getByRole('dialog')
    const bow = feature('Бант', [[[37, 55], [38, 56], [37, 56], [39, 55], [37, 55]]])
    await form.getByLabel('Файл GeoJSON').setInputFiles(file(city, bow))
    await form.getByText('не подходит').waitFor()
    await form.getByText('контур пересекает сам себя или другой').waitFor()
    assert.equal(await form.getByRole('button', { name: /Применить/ }).isDisabled(), true)
    await picture('import_refused')
    await form.getByLabel('Файл GeoJSON').setInputFiles(file(city, centre))
    await form.getByRole('button', { name: 'Применить к 2 зонам' }).click()
    await form.waitFor({ state: 'detached' })
    await page.getByRole('cell', { name: 'Центр', exact: true }).waitFor()
    assert.match(await text(page.getByRole('table')), /Центр.*Город/)
    assert.deepEqual(await accessibilityFaults(page), [])
    await picture('zones')

    await button('Загрузить GeoJSON').click()
    await form.getByLabel('Файл GeoJSON').setInputFiles(file(city, centre))
    await form.getByText('Файл ничего не меняет').waitFor()
    await form.getByRole('button', { name: 'Отмена' }).click()
})

test('a zone is edited and closed', async () => {
    await page.getByRole('button', { name: 'Изменить: Центр' }).click()
    await page.getByRole('dialog').getByLabel('Название').fill('Центр города')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('cell', { name: 'Центр города', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Закрыть: Центр города' }).click()
    await page.getByRole('button', { name: 'Открыть: Центр города' }).click()
    await page.getByRole('button', { name: 'Закрыть: Центр города' }).waitFor()
})

test('an edit of a zone that comes too late keeps what was typed, takes over the rest, and is saved by the next try', async () => {
    const form = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Изменить: Центр города' }).click()
    await form.getByLabel('Название').fill('Самый центр')
    const zone = (await ask('GET', '/api/v1/zones')).items.find((one) => one.name === 'Центр города')
    await ask('PATCH', `/api/v1/zones/${zone.id}`, { priority: 7 }, { 'If-Match': zone.etag })
    await page.keyboard.press('Control+Enter')
    await form.getByText('Тем временем запись изменил кто-то другой').waitFor()
    assert.equal(await form.getByLabel('Приоритет').inputValue(), '7')
    await form.getByLabel('Название').fill('Центр города')
    await page.keyboard.press('Control+Enter')
    await form.waitFor({ state: 'detached' })
    const now = (await ask('GET', '/api/v1/zones')).items.find((one) => one.id === zone.id)
    assert.deepEqual([now.name, now.priority], ['Центр города', 7])
})

test('slots and a special day are entered', async () => {
    await tab('Интервалы').click()
    await button('Новый интервал').click()
    const form = page.getByRole('dialog')
    await form.getByLabel('С', { exact: true }).fill('25:00')
    await page.keyboard.press('Control+Enter')
    await form.getByText('Время вида 09:30').waitFor()
    await form.getByLabel('С', { exact: true }).fill('18:00')
    await form.getByLabel('До', { exact: true }).fill('20:00')
    for (const day of ['сб', 'вс']) await form.getByRole('button', { name: day }).click()
    await form.getByLabel('Заказов в день').fill('1')
    await form.getByLabel('Закрыть за, минут').fill('0')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('cell', { name: '18:00–20:00', exact: true }).waitFor()
    assert.match(await text(page.getByRole('table')), /18:00–20:00 каждый день Все зоны 1/)
    await page.getByRole('button', { name: /^Изменить.*18:00–20:00/ }).click()
    await form.getByLabel('Закрыть за, минут').fill('5')
    const [rule] = (await ask('GET', '/api/v1/slot-rules')).items
    await ask('PATCH', `/api/v1/slot-rules/${rule.id}`, { capacity: 2 }, { 'If-Match': rule.etag })
    await page.keyboard.press('Control+Enter')
    await form.getByText('Тем временем запись изменил кто-то другой').waitFor()
    assert.equal(await form.getByLabel('Заказов в день').inputValue(), '2')
    await form.getByLabel('Заказов в день').fill('1')
    await form.getByLabel('Закрыть за, минут').fill('0')
    await page.keyboard.press('Control+Enter')
    await form.waitFor({ state: 'detached' })
    await button('Добавить день').click()
    await form.getByLabel('Дата').fill('2099-01-01')
    await form.getByLabel('Повод').fill('Новый год')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Не доставляем').waitFor()
    assert.deepEqual(await accessibilityFaults(page), [])
    await picture('slots')
})

test('a tariff is put into force, and an example is priced line by line', async () => {
    await tab('Тарифы').click()
    await button('Новая версия').click()
    const form = page.getByRole('dialog')
    await page.keyboard.press('Control+Enter')
    await form.getByText('Заполните').first().waitFor()
    await form.getByLabel('Название').fill('Основной')
    await form.getByLabel('Базовая цена').fill('300')
    await form.getByLabel('Центр города').fill('250,50')
    await form.getByRole('button', { name: 'Ступень' }).click()
    await form.getByLabel('До, кг').fill('5')
    await form.getByLabel('Надбавка').first().fill('50')
    await form.getByLabel('Интервал не длиннее, мин').fill('120')
    await form.getByLabel('Надбавка').nth(1).fill('70')
    await form.getByLabel('Процент').fill('1,5')
    await form.getByRole('checkbox', { name: 'фото' }).check()
    assert.deepEqual(await accessibilityFaults(page), [])
    await picture('tariff_form')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('cell', { name: 'Действует', exact: true }).waitFor()
    const example = page.getByRole('region', { name: 'Пример' })
    await example.getByText('Доставка, Центр города').waitFor()
    await example.getByLabel('К оплате при вручении').fill('1000')
    await example.getByText('315,50').waitFor() // 250,50 + 50 + 15
    assert.deepEqual(await accessibilityFaults(page), [])
    await picture('tariffs')
})

async function fillOrder(recipient, { lat = '55.75', lon = '37.61', slot = true } = {}) {
    await page.goto(world.url + '/orders')
    await page.getByRole('heading', { name: 'Заказы' }).waitFor()
    await page.keyboard.press('n')
    const form = page.getByRole('dialog')
    await form.getByLabel('Отправитель').fill('Лавка')
    await form.getByLabel('Получатель').or(form.getByLabel('Имя')).first().fill(recipient)
    await form.getByLabel('Адрес').first().fill('ул. Садовая, 14')
    await form.getByLabel(/Вес/).first().fill('1,2')
    await form.getByLabel('Широта').fill(lat)
    await form.getByLabel('Долгота').fill(lon)
    if (slot) {
        // not the first one: it may begin, or end, while the tests run
        const free = form.getByRole('group', { name: 'Свободные интервалы' }).getByRole('button')
        await free.nth(1).click()
    }
    return form
}

test('a new order gets its zone, a slot and its price, as the form has shown it', async () => {
    const form = await fillOrder('Ольга Мельник')
    const preview = form.getByRole('region', { name: 'Цена доставки' })
    await preview.getByText('370,50').waitFor() // 250,50 + 50 + 70
    assert.equal(await form.getByRole('checkbox', { name: 'фото' }).isChecked(), true)
    assert.deepEqual(await accessibilityFaults(page), [])
    await preview.scrollIntoViewIfNeeded()
    await picture('order_form')
    await page.keyboard.press('Control+Enter')
    const card = page.getByRole('complementary', { name: 'A-10001' })
    const price = card.getByRole('region', { name: /Цена доставки/ })
    await price.waitFor()
    assert.match(await text(price), /Центр города.*Вес 1,2 кг \(до 5 кг\) 50.*Короткий интервал, 120 мин 70.*Итого 370,50/)
    assert.deepEqual(await accessibilityFaults(page), [])
    await picture('order_card')
})

test('a full slot is refused, and taken all the same when the dispatcher says so', async () => {
    const form = await fillOrder('Пётр Лосев')
    await form.getByText('занят').waitFor()
    await page.keyboard.press('Control+Enter')
    await form.getByText('В интервале больше нет мест').waitFor()
    await picture('order_full')
    await form.getByLabel('Взять сверх вместимости').check()
    await page.keyboard.press('Control+Enter')
    // the refused one's number is never given again
    await page.getByRole('complementary', { name: 'A-10003' }).waitFor()
    const { items } = await ask('GET', '/api/v1/orders')
    assert.deepEqual(items[0].slot, items[1].slot)
    const offer = await ask('GET', '/api/v1/slots?place=55.75,37.61&days=4')
    assert.deepEqual(offer.items.filter(({ state }) => state === 'full').map(({ from_ms }) => from_ms), [items[0].slot.from_ms])
})

test('an address outside of all zones is accepted with a mark', async () => {
    const form = await fillOrder('Инна Чайка', { lat: '50', lon: '30', slot: false })
    await form.getByText('Адрес вне зон доставки').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('complementary', { name: 'A-10004' }).getByText('Адрес вне зон доставки').waitFor()
})

test('an order to a pickup point is priced by the place of the point', async () => {
    await ask('POST', '/api/v1/sites', { kind: 'point', name: 'На Новой', address: 'ул. Новая, 5', place: { lat: 55.75, lon: 37.61 } })
    const form = await fillOrder('Зоя Лунёва', { slot: false })
    await form.getByLabel('В пункт выдачи').check()
    await form.getByLabel('Пункт выдачи', { exact: true }).selectOption({ index: 1 })
    await form.getByRole('region', { name: 'Цена доставки' }).getByText('300,50').waitFor() // 250,50 + 50
    await page.keyboard.press('Control+Enter')
    const price = page.getByRole('complementary', { name: 'A-10005' }).getByRole('region', { name: /Цена доставки/ })
    assert.match(await text(price), /Центр города.*Итого 300,50/)
})

test('the room can be read by everybody, in both languages and themes', async () => {
    for (const scheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: scheme })
        for (const lang of ['ru', 'en']) {
            await page.evaluate((value) => localStorage.setItem('plus7.prefs', JSON.stringify({ lang: value })), lang)
            for (const name of ['zones', 'slots', 'tariffs']) {
                await page.goto(`${world.url}/rules?tab=${name}`)
                await page.waitForLoadState('networkidle')
                await page.getByRole('table').first().waitFor()
                assert.deepEqual(await accessibilityFaults(page), [], `${name}, ${scheme}, ${lang}`)
                await picture(`${name}_${lang}_${scheme}`)
            }
        }
    }
})

test('nobody complained, and every answer was as the contract says', () => {
    assert.deepEqual(complaints.filter((one) => !/409|412/.test(one)), [])
    assert.deepEqual([...contract.faults], [])
})
