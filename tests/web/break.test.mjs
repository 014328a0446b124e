// A courier takes a break on a real handheld, the console shows it, and nothing of his place goes out; then he goes on, and
// a recipient who is not there says when. The tests go on from one another.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openHandheld, own, scan, shot } from './handheld.mjs'
import { openConsole, planOrders, setUpAdmin } from './office.mjs'
import { accessibilityFaults } from './page.mjs'
import { eventually } from './world.mjs'

let office, world, console_, courier, page, cards

const button = (name) => page.getByRole('button', { name })
const name = 'Берёза'
const region = () => console_.getByRole('region', { name: new RegExp(name) })
const rowOf = async () => {
    const { couriers, rows } = await (await console_.request.get(`${world.url}/api/v1/live`)).json()
    const info = couriers.find((one) => one.name.includes(name))
    return { info, row: rows.find(([id]) => id === info.id) }
}
const cardOf = async (id) => (await console_.request.get(`${world.url}/api/v1/orders/${id}`)).json()

before(async () => {
    office = await openConsole()
    ;({ world, page: console_ } = office)
    await setUpAdmin(console_, world)
    await world.receive()
    cards = await planOrders(console_, world, name, [
        { sender: 'Лавка', recipient: { name: 'Ольга Мельник', phone: null }, address: { text: 'ул. Садовая, 14' }, proof: [], parcels: [{}] },
    ])
    courier = await openHandheld(office.browser, world, world.handheld)
    page = courier.page
})
after(() => office?.close())

test('a break is one tap in the menu; the console shows since when, and the place stays where it began', async () => {
    await eventually('a place on the map', async () => (await rowOf()).row[1] !== null)
    await button('Меню').click()
    await shot(page, 'menu')
    await page.keyboard.press('9')
    await page.getByText(/Перерыв с \d\d:\d\d/).waitFor()
    assert.deepEqual(await accessibilityFaults(page), [])
    await shot(page, 'break')
    await eventually('the break at central', async () => (await rowOf()).row[7] === 'on_break')
    const { info, row } = await rowOf()
    assert.ok(info.break_since_ms > info.in_shift_since_ms)
    assert.ok(row[5] <= info.break_since_ms, 'the shown place is of before the break')
    await console_.goto(`${world.url}/map`)
    await console_.getByRole('list', { name: 'Курьеры' }).getByText(name).first().click()
    await region().getByText(/Перерыв с \d/).waitFor()
    await region().getByText('Место во время перерыва не собирается').waitFor()
    await region().getByText('Перерывы').waitFor()
    assert.deepEqual(await accessibilityFaults(console_), [])
    await shot(console_, 'console_break')
    await console_.emulateMedia({ colorScheme: 'dark' })
    await shot(console_, 'console_break_dark')
    await console_.emulateMedia({ colorScheme: 'light' })
    // What was sealed when it began may still come; nothing of the break itself does.
    assert.ok((await rowOf()).row[5] <= info.break_since_ms, 'no place of the break is shown')
})

test('a break outlives the end of the agent, and a code scanned in it is not lost', async () => {
    await world.killAgent()
    await page.close()
    courier = await openHandheld(office.browser, world, world.handheld)
    page = courier.page
    await page.getByText(/Перерыв с \d\d:\d\d/).waitFor()
    await scan(page, cards[0].parcels[0].codes[0])
    await page.getByText(`Отсканировано: ${cards[0].parcels[0].codes[0]}`).waitFor()
    await shot(page, 'break_scanned')
    assert.equal((await cardOf(cards[0].order.id)).order.status, 'accepted') // still the sender's
    await page.keyboard.press('9')
    await page.getByText('№ A-').first().waitFor()
    await eventually('the end of the break at central', async () => (await rowOf()).row[7] !== 'on_break')
    await eventually('a new place', async () => (await rowOf()).row[5] > (await rowOf()).info.in_shift_since_ms)
})

test('who asks for another time is asked when: it becomes the slot of the order, and goes again when it is taken back', async () => {
    await page.keyboard.press('Escape')
    await button('Принять').click()
    await page.getByText('Сканируйте места').waitFor()
    await scan(page, cards[0].parcels[0].codes[0])
    await page.getByText('Принято', { exact: true }).first().waitFor()
    await button('Назад').click()
    await page.getByText('ул. Садовая, 14').click()
    await button('Не вручено').click()
    await button('попросил в другой раз').click()
    await button('Завтра').click()
    await button('18 – 21').click()
    assert.deepEqual(await accessibilityFaults(page), [])
    await shot(page, 'again')
    await button(/Сохранить/).click()
    await page.getByText('Не вручено: попросил в другой раз').waitFor()
    await shot(page, 'again_saved')
    await eventually('the slot of the order', async () => (await cardOf(cards[0].order.id)).order.slot !== null)
    const card = await cardOf(cards[0].order.id)
    assert.equal(new Date(card.order.slot.from_ms).getHours(), 18)
    assert.equal(card.story.find(({ type }) => type === 'parcel.attempt_failed').wish.fate, 'slot')
    await console_.goto(`${world.url}/orders?id=${cards[0].order.id}`)
    await console_.getByText('Стало временем заказа.').waitFor()
    assert.deepEqual(await accessibilityFaults(console_), [])
    await shot(console_, 'console_wish')
    await button(/Отменить/).click()
    await eventually('the slot gone', async () => (await cardOf(cards[0].order.id)).order.slot === null)
    assert.deepEqual(own(courier.complaints), [])
})
