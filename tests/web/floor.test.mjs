// A depot's worker on the floor with his handheld: a real agent and a real central, and no network for most of it. What
// he took in, handed out, took back and sorted stands the same in the console's depot. The tests go on from one another.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openHandheld, own, scan as scanned, shot as pictureOf } from './handheld.mjs'
import { apiOf, hireCourier, onceKey, openConsole, setUpAdmin } from './office.mjs'
import { accessibilityFaults, qrOf } from './page.mjs'
import { eventually } from './world.mjs'

let office, world, desk, ask, page, complaints, depot, registry, cards, badge, pin

const button = (name) => page.getByRole('button', { name })
const text = async (target) => (await target.innerText()).replace(/\s+/g, ' ')
const scan = (code) => scanned(page, code)
const shot = (name) => pictureOf(page, `floor_${name}`)
const says = (words) => page.getByRole('status').getByText(words).first().waitFor()
const figures = async () => text(page.locator('dl').first())
const shows = (what) => eventually(`the figures are ${what}`, async () => what.test(await figures()))
const codesOf = (number) => cards[number].parcels.map((parcel) => parcel.codes[0])
const back = () => button('Назад').click()

// Six orders of two parcels, as the partner's file.
async function importRegistry() {
    const codeOf = (order, parcel) => `46000000${String(order * 10 + parcel).padStart(5, '0')}`
    const rows = Array.from({ length: 6 }, (_, number) => number).flatMap((number) =>
        [0, 1].map((parcel) => [`Л-${number}`, `Ольга Мельник ${number}`, `ул. Садовая, ${number + 1}`, codeOf(number, parcel)].join(';')),
    )
    const file = ['Номер заказа;Получатель;Адрес;Штрихкод', ...rows].join('\r\n')
    const whose = new URLSearchParams({ sender: 'Лавка', site: depot.id, outer_number: 'П-1' })
    const { id } = await ask('POST', `/api/v1/registries?${whose}`, file, { ...onceKey(), 'Content-Type': 'text/csv' })
    await eventually('the file is read', async () => (await ask('GET', `/api/v1/registries/${id}`)).import.state === 'done')
    const { items } = await ask('GET', '/api/v1/orders?limit=100')
    items.sort((one, other) => one.number.localeCompare(other.number))
    cards = []
    for (const item of items) cards.push(await ask('GET', `/api/v1/orders/${item.id}`))
    return id
}

async function giveBadge(name) {
    await desk.goto(world.url + '/')
    await desk.getByText(name).first().click()
    const card = desk.getByRole('region', { name: new RegExp(name) })
    await card.getByRole('button', { name: 'Бейдж и ПИН' }).click()
    const dialog = desk.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Выдать бейдж и ПИН' }).click()
    await dialog.getByText('Показываем один раз').waitFor()
    badge = await qrOf(dialog)
    pin = await text(dialog.getByRole('status', { name: 'ПИН' }))
    await dialog.getByRole('button', { name: 'Записал' }).click()
}

const courierOf = async (name) => (await ask('GET', `/api/v1/couriers?q=${encodeURIComponent(name)}`)).items[0]

before(async () => {
    office = await openConsole()
    ;({ world, page: desk } = office)
    await setUpAdmin(desk, world)
    ask = apiOf(desk, world)
    depot = await ask('POST', '/api/v1/sites', { kind: 'depot', name: 'Северный', address: 'ул. Складская, 1' }, onceKey())
    registry = await importRegistry()
    const settings = await hireCourier(desk, world, 'Вера Кладова', 'S-1')
    const vera = await courierOf('Кладова')
    await ask('PATCH', `/api/v1/couriers/${vera.id}`, { site: depot.id }, { 'If-Match': vera.etag })
    const boris = await courierOf('Берёза')
    await ask('POST', '/api/v1/orders/plan', { orders: cards.slice(0, 2).map((card) => card.order.id), courier: boris.id })
    await giveBadge('Вера Кладова')
    ;({ page, complaints } = await openHandheld(office.browser, world, settings))
})
after(() => office?.close())

test('she signs in by badge and PIN, and sees her floor', async () => {
    await page.getByText('Отсканируйте свой бейдж').waitFor()
    await scan(badge)
    await page.getByText(/ПИН курьера/).waitFor()
    for (const digit of pin) await button(digit).last().click()
    await button('Начать смену').click()
    await page.getByRole('heading', { name: 'Северный' }).waitFor()
    assert.match(await figures(), /0 на складе 0 у курьеров/)
    await shot('home')
    assert.deepEqual(await accessibilityFaults(page), [])
})

test('without a network a registry is taken in, by whatever code; what nobody knows is put aside', async () => {
    await world.cut(1200)
    await button('Приём').click()
    await shot('registries')
    assert.deepEqual(await accessibilityFaults(page), [])
    await button(/R-101/).click()
    await page.getByText('Сканируйте места').waitFor()
    await shows(/0 принято 12 не пришло 0 лишние/)
    await page.getByText('Не пришло: 12 мест').waitFor()
    await scan(codesOf(0)[0])
    await says('Принято')
    await shows(/1 принято 11 не пришло/)
    assert.match(await text(page.getByRole('status').first()), /D-01/) // who will carry it
    await shot('taken')
    assert.deepEqual(await accessibilityFaults(page), [])
    for (const code of [codesOf(0)[1], ...codesOf(1), ...codesOf(2), codesOf(3)[0]]) await scan(code)
    await shows(/7 принято 5 не пришло 0 лишние/)
    await scan('QQ-77')
    await says('Здесь такого кода не знают')
    await shows(/7 принято 5 не пришло 1 лишние/)
    await shot('unknown')
    await scan(codesOf(0)[0])
    await says('Уже на складе')
    await button('Назад').click()
    await button('Назад').click()
    await page.getByText('Коды, о которых здесь не знали: 1').click()
    await page.getByText('QQ-77').waitFor()
    await shot('strangers')
    await back()
})

test('a slip is taken back', async () => {
    await button('Приём').click()
    await button(/R-101/).click()
    await page.getByText('Сканируйте места').waitFor()
    await scan(codesOf(4)[0])
    await says('Принято')
    await button(/Снять скан/).click()
    await says('Скан снят')
    await shows(/7 принято 5 не пришло/)
    await button('Готово').click()
})

test('two go out to their courier, one of another order after a question', async () => {
    await button('Выдача').click()
    await shot('couriers')
    await button(/D-01/).click()
    await shows(/4 ждут 0 у него/)
    for (const code of codesOf(0)) await scan(code)
    await shows(/2 ждут 2 у него/)
    await scan(codesOf(2)[0])
    await says('Никому не назначено. Выдать?')
    await shot('asked')
    assert.deepEqual(await accessibilityFaults(page), [])
    await button(/^Да/).click()
    await says('Выдано')
    await shows(/2 ждут 3 у него/)
    await scan(codesOf(3)[0])
    await says('Никому не назначено. Выдать?')
    await button('Нет').click()
    await says('Ничего не записано')
    await shot('handed')
    await button('Готово').click()
})

test('one comes back, and sorting says where another goes', async () => {
    await button('Возврат').click()
    await button(/D-01/).click()
    await shows(/3 было 0 сдал 3 у него/)
    await scan(codesOf(2)[0])
    await says('Сдано')
    await shows(/3 было 1 сдал 2 у него/)
    await page.getByText('Ещё у него: 2 места').waitFor()
    await shot('returned')
    await button('Готово').click()
    await button('Сортировка').click()
    await page.getByText('Сканируйте места').waitFor()
    await scan(codesOf(1)[0])
    await says('Нести сюда')
    assert.match(await text(page.getByRole('status').first()), /D-01/)
    await shot('sorted')
    await scan(codesOf(2)[1])
    await says('Не назначено: отложить')
    await button('Ввести код').click()
    await page.getByRole('textbox').fill(codesOf(5)[0])
    await button('Отправить код').click()
    await says('На склад не принято')
    await button('Готово').click()
    assert.match(await figures(), /5 на складе 2 у курьеров/)
})

test('it is all there in English too', async () => {
    await button('Меню').click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByText('in the depot').waitFor()
    await shot('home_en')
    await page.getByRole('button', { name: 'Hand-out' }).click()
    await page.getByRole('button', { name: /D-01/ }).click()
    await scan(codesOf(3)[0])
    await page.getByText('Planned for nobody. Hand it out?').waitFor()
    await shot('asked_en')
    await page.getByRole('button', { name: 'No', exact: true }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Русский' }).click()
    await back()
})

test('with the network back the console has the same: arrivals, the extra code, who has what, and the evening count', async () => {
    await world.cut(0)
    await page.getByText('всё отправлено').waitFor()
    const board = async () => (await ask('GET', `/api/v1/depots/${depot.id}/registries/${registry}`))
    await eventually('the registry has arrived as far', async () => {
        const { registry: known, extras } = await board()
        return JSON.stringify(known).includes('"arrived":7') && extras.length === 1
    })
    await button('Приём').click()
    await button(/R-101/).click()
    await shows(/7 принято 5 не пришло 1 лишние/)
    await desk.goto(world.url + '/depot')
    await desk.getByRole('button', { name: /R-101/ }).click()
    await eventually('the same figures', async () => /Принято 7 Ждали 12 Не пришло 5 Лишние 1/.test(await text(desk.locator('dl').first())))
    await desk.keyboard.press('Alt+3')
    await desk.getByRole('button', { name: /Борис Берёза/ }).click()
    await eventually('the count is open', async () => /Вернул 1 Ещё у него 2/.test(await text(desk.locator('dl').first())))
    assert.deepEqual(own(complaints), [])
})

test('what the console takes in meanwhile is on the handheld at once', async () => {
    await ask('POST', `/api/v1/depots/${depot.id}/intake/scan`, { code: codesOf(5)[0], registry }, onceKey())
    await shows(/8 принято 4 не пришло 1 лишние/)
    await scan(codesOf(5)[0])
    await says('Уже на складе')
})
