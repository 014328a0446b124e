// Two couriers meet where there is no network, and one takes over the other's stops: two real handhelds, codes read from
// the pixels of their screens, and central, which hears of it later. The tests go on from one another.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openHandheld, own, scan, shot } from './handheld.mjs'
import { hireCourier, planOrders, setUpAdmin } from './office.mjs'
import { accessibilityFaults, qrOf, startBrowser } from './page.mjs'
import { World, eventually } from './world.mjs'

let world, browser, office, giver, taker, takerSettings, cards

const button = (page, name) => page.getByRole('button', { name })
const orderOf = async (card) => (await (await office.request.get(`${world.url}/api/v1/orders/${card.order.id}`)).json())
const recipient = (name) => ({ name, phone: null })
const orders = [
    { sender: 'Лавка', recipient: recipient('Ольга Мельник'), address: { text: 'ул. Садовая, 14' }, proof: ['code'], parcels: [{ code: '4600000000015' }, {}] },
    { sender: 'Лавка', recipient: recipient('Пётр Лосев'), address: { text: 'пр. Мира, 101' }, proof: [], parcels: [{}] },
]

before(async () => {
    world = await World.start()
    browser = await startBrowser()
    office = await browser.newPage({ locale: 'ru-RU' })
    await setUpAdmin(office, world)
    cards = await planOrders(office, world, 'Берёза', orders)
    takerSettings = await hireCourier(office, world, 'Сергей Колосов', 'C-200')
    await eventually('the other handheld knows its courier', () => world.agent(takerSettings, 'shift', 'start').status === 0)
    giver = await openHandheld(browser, world, world.handheld)
    taker = await openHandheld(browser, world, takerSettings)
})
after(async () => {
    await browser?.close()
    await world?.stop()
})

test('the giver has both orders on board when the network goes', async () => {
    await giver.page.getByText('ул. Садовая, 14').waitFor()
    await button(giver.page, 'Принять').click()
    await giver.page.getByText('Сканируйте места').waitFor()
    for (const code of ['A-10001-1', 'A-10001-2', 'A-10002-1']) await scan(giver.page, code)
    await giver.page.getByText('Всё по списку принято').waitFor()
    await button(giver.page, 'Готово').click()
    await eventually('central knows', async () => (await orderOf(cards[1])).order.status === 'out_for_delivery')
    await world.cut(600)
})

test('the taker shows his code, the giver scans it, gives a stop, and shows the goods', async () => {
    await button(taker.page, 'Меню').click()
    await button(taker.page, 'Принять от коллеги').click()
    await taker.page.getByText('Покажите этот код коллеге').waitFor()
    await taker.page.getByRole('img').locator('svg').waitFor()
    assert.deepEqual(await accessibilityFaults(taker.page), [])
    await shot(taker.page, 'invite')
    const invitation = await qrOf(taker.page)
    assert.match(invitation, /^P7T[A-Z2-7]+$/)

    await scan(giver.page, `${invitation.slice(0, -1)}${invitation.endsWith('A') ? 'B' : 'A'}`)
    await giver.page.getByText('Код прочитался с ошибкой').waitFor()
    await scan(giver.page, invitation)
    await giver.page.getByText('Коллега C-200').waitFor()
    assert.deepEqual(await accessibilityFaults(giver.page), [])
    await giver.page.getByRole('checkbox').filter({ hasText: 'A-10001' }).click()
    await shot(giver.page, 'give')
    await button(giver.page, 'Передать 1 заказ: C-200').click()
    await giver.page.getByText('Пусть C-200 отсканирует этот код').waitFor()
    await giver.page.getByRole('img').locator('svg').waitFor()
    await shot(giver.page, 'goods')
})

test('the goods bring the order with its address and its code check, and are taken once', async () => {
    const goods = await qrOf(giver.page)
    assert.match(goods, /^P7G[A-Z2-7]+$/)
    await giver.page.keyboard.press('Control+C') // of a page in another window, as in the demonstration
    await taker.page.keyboard.press('Control+V')
    await taker.page.getByText(/Принято от D-01: 2 места/).waitFor()
    await shot(taker.page, 'taken')
    await scan(taker.page, goods)
    await taker.page.getByText('Уже у вас').waitFor()
    await button(taker.page, 'Закрыть').click()
    await button(taker.page, 'Готово').click()
    await taker.page.getByText('ул. Садовая, 14').click()
    await button(taker.page, /Вручить 2 места/).click()
    await taker.page.getByText('Код получателя').first().waitFor()
    const customer = await browser.newPage({ locale: 'ru-RU' })
    await customer.goto(world.recipientLink('A-10001'))
    const code = await qrOf(customer.locator('.qr'))
    assert.match(code, /^P7C[A-Z2-7]+$/)
    await customer.close()
    await scan(taker.page, code) // off the recipient's phone, instead of being said
    await taker.page.getByText('Код получателя верный').waitFor()
    await shot(taker.page, 'recipient_qr')
    await button(taker.page, /Вручить/).last().click()
    await taker.page.getByText('Вручено 2 места').waitFor()

    await button(giver.page, 'Готово').click()
    await giver.page.getByText('у другого курьера').waitFor()
    await giver.page.getByText('ул. Садовая, 14').click()
    await button(giver.page, 'Показать код для C-200').waitFor()
    await shot(giver.page, 'given')
})

test('with the network both halves meet: no gap, no case, and the delivery is the taker’s', async () => {
    await world.cut(0)
    const delivered = async () => (await orderOf(cards[0])).order.status === 'delivered'
    await eventually('the delivery is told', delivered, 60_000)
    const halvesOf = ({ story }) => story.filter((line) => line.from?.kind === 'courier' && line.to?.kind === 'courier')
    const bothTold = async () => halvesOf(await orderOf(cards[0])).length === 4 // two parcels, told by both
    await eventually('the giver told his halves', bothTold, 60_000)
    const { story, parcels } = await orderOf(cards[0])
    for (const parcel of parcels) assert.equal(parcel.missing, 0)
    for (const line of story.filter(({ to }) => to?.kind === 'customer')) {
        assert.equal(line.by.name, 'Сергей Колосов')
        assert.deepEqual(line.proofs, ['recipient_qr'])
    }
    assert.equal(story.some((line) => line.doubt), false)
})

test('the pages never complained', () => assert.deepEqual([...own(giver.complaints), ...own(taker.complaints)], []))
