// A courier's day on his handheld's page: a real agent, a real central, and no network in the middle. The tests go on from
// one another.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openHandheld, own, scan as scanned, shot as pictureOf } from './handheld.mjs'
import { planOrders, setUpAdmin } from './office.mjs'
import { accessibilityFaults, startBrowser } from './page.mjs'
import { World, eventually } from './world.mjs'

let world, browser, office, page, complaints, cards

const button = (name) => page.getByRole('button', { name })
const text = async (target) => (await target.innerText()).replace(/\s+/g, ' ')
const orderOf = async (card) => (await (await office.request.get(`${world.url}/api/v1/orders/${card.order.id}`)).json())
const scan = (code) => scanned(page, code)
const shot = (name) => pictureOf(page, name)

const recipient = (name, phone) => ({ name, phone })
const orders = [
    {
        sender: 'Лавка',
        recipient: recipient('Ольга Мельник', '+79990000001'),
        address: { text: 'ул. Садовая, 14, кв. 32', entrance: '2', floor: '5', intercom: '32К', comment: 'позвонить заранее' },
        due: { minor: 129000, currency: 'RUB' },
        proof: ['code', 'signature', 'photo'],
        parcels: [{ code: '4600000000015', what: 'Чайник' }, { code: '4600000000022' }],
    },
    { sender: 'Лавка', recipient: recipient('Пётр Лосев', null), address: { text: 'пр. Мира, 101' }, proof: ['document'], parcels: [{}] },
    { sender: 'Лавка', recipient: recipient('Анна Белова', null), address: { text: 'ул. Лесная, 7' }, proof: [], parcels: [{}] },
]

before(async () => {
    world = await World.start()
    browser = await startBrowser()
    office = await browser.newPage({ locale: 'ru-RU' })
    await setUpAdmin(office, world)
    cards = await planOrders(office, world, 'Берёза', orders)
    ;({ page, complaints } = await openHandheld(browser, world, world.handheld))
})
after(async () => {
    await browser?.close()
    await world?.stop()
})

async function closeNotice() {
    const close = page.getByRole('alertdialog').or(page.getByRole('alert')).getByRole('button')
    if (await close.count()) await close.first().click()
}

async function takeMoney(way) {
    await button(/Взять 1\s290/).click()
    await page.getByRole('radio', { name: way }).click()
    await button('Деньги взяты').click()
    await page.getByText('Сохранено').first().waitFor()
}

// As a second press would, or a page that never heard the answer: the status that it gets.
const moneyAgain = () =>
    page.evaluate(async () => {
        const { work } = await (await fetch('/api/state')).json()
        const { order, due } = work.tasks.find((task) => task.paid)
        return (await fetch('/api/money', { method: 'POST', body: JSON.stringify({ order, ...due, way: 'cash' }) })).status
    })

test('the list of the day is there, in the dispatcher order, with what is to be taken', async () => {
    await page.getByText('ул. Садовая, 14, кв. 32').waitFor()
    const shown = await text(page.getByRole('main'))
    assert.ok(shown.indexOf('Садовая') < shown.indexOf('Мира') && shown.indexOf('Мира') < shown.indexOf('Лесная'), shown)
    assert.match(shown, /1\s290/)
    assert.deepEqual(await accessibilityFaults(page), [])
    await shot('list')
})

test('parcels are scanned in; a stranger and a misread code are told apart', async () => {
    await button('Принять').click()
    await page.getByText('Сканируйте места').waitFor()
    await scan('A-10001-1')
    await page.getByText('Принято', { exact: true }).first().waitFor()
    await scan('4600000000046')
    await page.getByText('Не из вашего списка').first().waitFor()
    await scan('4600000000016')
    await page.getByText('Не прочиталось').first().waitFor()
    await shot('take')
    for (const code of ['4600000000022', 'A-10002-1', 'A-10003-1']) {
        await scan(code)
        await eventually(`${code} is taken`, () => new RegExp(`${code}|A-10001-2`).test(world.agent(world.handheld, 'work').text))
    }
    await page.getByText('Всё по списку принято').waitFor()
    await button('Готово').click()
    await eventually('central knows', async () => (await orderOf(cards[2])).order.status === 'out_for_delivery')
})

test('without a network: money, code, signature and photo, then it is saved; a slip is taken back', async () => {
    const customer = await browser.newPage({ locale: 'ru-RU' })
    await customer.goto(world.recipientLink('A-10001'))
    const code = (await customer.locator('#code').innerText()).replace(/\D/g, '')
    await customer.close()
    await world.cut(600)
    await page.getByText('ул. Садовая, 14, кв. 32').click()
    await page.getByText('позвонить заранее').waitFor()
    await shot('stop')
    await takeMoney('картой')
    await button(/Отменить/).click() // it was cash
    await page.getByText('Отменено').first().waitFor()
    await closeNotice()
    await takeMoney('наличными')
    await shot('paid')
    await button('Дальше').click()
    await page.getByText(/взято 1\s290.*наличными/).waitFor()
    await button(/Отменить оплату/).waitFor()
    await shot('stop_paid')
    assert.equal(await moneyAgain(), 409)
    await button(/Вручить 2 места/).click()
    await page.getByText('Код получателя').first().waitFor()
    for (const digit of code === '000000' ? '111111' : '000000') await button(digit).last().click()
    await button(/Дальше|Вручить/).last().click()
    await page.getByText('Код не подходит').first().waitFor()
    await shot('code_wrong')
    for (const digit of code) await button(digit).last().click()
    await button(/Дальше|Вручить/).last().click()
    await page.getByText('Подпись').first().waitFor()
    const pad = page.locator('canvas')
    const box = await pad.boundingBox()
    await page.mouse.move(box.x + 40, box.y + 60)
    await page.mouse.down()
    for (let i = 0; i < 20; ++i) await page.mouse.move(box.x + 40 + i * 15, box.y + 60 + (i % 5) * 20)
    await page.mouse.up()
    await shot('signature')
    await button('Дальше').click()
    await page.getByText('Фото').first().waitFor()
    await page.locator('input[type=file]').setInputFiles({ name: 'door.png', mimeType: 'image/png', buffer: await page.screenshot() })
    await button(/Вручить 2 места/).click()
    await page.getByText('Вручено 2 места').waitFor()
    await shot('saved')
    await button(/Отменить/).first().click()
    await page.getByText('Отменено').first().waitFor()
})

test('the agent dies between two stops, and nothing that was saved is gone', async () => {
    await world.killAgent()
    await page.goto(world.agent(world.handheld, 'page').text.trim())
    await page.getByText('ул. Садовая, 14, кв. 32').waitFor()
    await page.getByText('пр. Мира, 101').click()
    await button('Не вручено').click()
    await page.getByText('отказался').click()
    await button(/Сохранить/).click()
    await page.getByText('Не вручено: отказался').waitFor()
    await shot('failed')
    await button('Готово').or(button('Дальше')).first().click()
    await page.getByText('ул. Лесная, 7').click()
    await button(/Вручить 1 место/).click()
    await page.getByText('Вручено 1 место').waitFor()
    await button('Готово').or(button('Дальше')).first().click()
    await page.getByText(/не отправлен/).first().waitFor()
    await shot('offline')
})

test('the rest is handed back, the shift ends, and with the network everything is told as it happened', async () => {
    await button('Сдать').click()
    await page.getByText('Северный').first().click()
    await button(/Сдать 3 места/).click()
    await page.getByText('Сдано 3 места').waitFor()
    await button('Готово').or(button('Дальше')).first().click()
    await button('Меню').click()
    await button('Закончить смену').click()
    await button(/Закончить смену|Всё равно/).last().click()
    await page.getByText(/Смена окончена|Начать смену/).first().waitFor()
    await world.cut(0)
    await eventually('all is told', async () => (await orderOf(cards[0])).order.status === 'at_depot' || (await orderOf(cards[0])).order.status === 'assigned', 60_000)
    const [first, second, third] = [await orderOf(cards[0]), await orderOf(cards[1]), await orderOf(cards[2])]
    assert.equal(third.order.status, 'delivered')
    assert.equal(second.story.some((line) => line.reason === 'refused'), true)
    const delivered = first.story.filter((line) => line.to?.kind === 'customer')
    assert.equal(delivered.length, 2)
    for (const line of delivered) {
        assert.deepEqual(line.proofs, ['code', 'signature', 'photo'])
        assert.equal(line.undone, true)
    }
    for (const { parcels } of [first, second, third]) for (const parcel of parcels) assert.equal(parcel.missing, 0)
})

test('the page never complained', () => assert.deepEqual(own(complaints), []))
