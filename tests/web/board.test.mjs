// The dispatch board in a real browser, with a real handheld that follows it. The tests go on from one another.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openConsole, planOrders, setUpAdmin } from './office.mjs'
import { accessibilityFaults } from './page.mjs'
import { eventually } from './world.mjs'

let world, browser, page, complaints, contract, close

const column = (name, on = page) => on.getByRole('region', { name, exact: true })
const card = (number, on = page) => on.getByRole('option', { name: new RegExp(number) })
const numbers = async (name, on = page) => (await column(name, on).getByRole('option').locator('strong').allInnerTexts()).join(' ')
const shows = (name, list, on = page) => eventually(`${name}: ${list}`, async () => (await numbers(name, on)) === list)
const handheld = (...args) => world.agent(world.handheld, ...args)
const onHandheld = (list) =>
    eventually(`the handheld has ${list}`, () => (handheld('work').text.match(/A-\d{5}(?= )/g) ?? []).join(' ') === list)

const order = (recipient, address, more = {}) => ({ sender: 'Лавка', recipient: { name: recipient }, address: { text: address }, parcels: [{}], ...more })

before(async () => {
    ;({ world, browser, page, complaints, contract, close } = await openConsole())
    await setUpAdmin(page, world)
    await planOrders(page, world, 'Берёза', [
        order('Ольга Мельник', 'ул. Садовая, 14', { due: { minor: 129000, currency: 'RUB' } }),
        order('Пётр Лосев', 'пр. Мира, 101'),
        order('Анна Ким', 'ул. Лесная, 3', { due: { minor: 50050, currency: 'RUB' } }),
    ])
    for (const one of [order('Иван Сом', 'ул. Садовая, 14'), order('Лидия Рощина', 'ул. Полевая, 9')]) {
        const { csrf } = await (await page.request.get(`${world.url}/api/v1/me`)).json()
        const headers = { 'X-Plus7-Csrf': csrf, Origin: world.url, 'Idempotency-Key': Math.random().toString(36).slice(2) }
        assert.equal((await page.request.post(`${world.url}/api/v1/orders`, { data: one, headers })).status(), 201)
    }
})
after(() => close?.())

test('the board shows what nobody has, and each courier with his list and its sums', async () => {
    await page.goto(world.url + '/map')
    await page.getByRole('link', { name: 'Доска' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await shows('Не назначены', 'A-10004 A-10005')
    await shows('Борис Берёза', 'A-10001 A-10002 A-10003')
    const his = (await column('Борис Берёза').innerText()).replace(/\s+/g, ' ')
    assert.match(his, /3 заказа · 3 места/)
    assert.match(his, /1 790,50 ₽/)
    await onHandheld('A-10001 A-10002 A-10003')
    assert.deepEqual(await accessibilityFaults(page), [])
})

test('dragged with the mouse, an order goes before the stop it is dropped on, on the handheld as well', async () => {
    await card('A-10004').dragTo(card('A-10002'), { targetPosition: { x: 40, y: 6 } })
    await shows('Борис Берёза', 'A-10001 A-10004 A-10002 A-10003')
    await shows('Не назначены', 'A-10005')
    await page.getByText('Борис Берёза: назначен 1 заказ').waitFor()
    await onHandheld('A-10001 A-10004 A-10002 A-10003')
})

test('a move is taken back with Ctrl+Z, to where everything was', async () => {
    await page.keyboard.press('Control+z')
    await shows('Борис Берёза', 'A-10001 A-10002 A-10003')
    await shows('Не назначены', 'A-10004 A-10005')
    await onHandheld('A-10001 A-10002 A-10003')
})

test('by keyboard alone: walk, select, change the order, move several to a courier by name', async () => {
    await card('A-10003').focus()
    await page.keyboard.press('Alt+ArrowUp')
    await shows('Борис Берёза', 'A-10001 A-10003 A-10002')
    assert.equal(await page.evaluate(() => document.activeElement.querySelector('strong')?.innerText), 'A-10003')
    await onHandheld('A-10001 A-10003 A-10002')
    await page.keyboard.press('Alt+ArrowUp')
    await shows('Борис Берёза', 'A-10003 A-10001 A-10002')
    await card('A-10004').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.getByText('Выбрано 2 заказа').waitFor()
    await page.keyboard.press('m')
    await page.keyboard.type('Берёза')
    await page.keyboard.press('Enter')
    await shows('Борис Берёза', 'A-10003 A-10001 A-10002 A-10004 A-10005')
    await column('Не назначены').getByText('Всё назначено').waitFor()
    await page.getByText('Борис Берёза: назначено 2 заказа').waitFor()
    await page.getByRole('status').getByRole('button', { name: 'Вернуть' }).click()
    await shows('Не назначены', 'A-10004 A-10005')
    await page.keyboard.press('Escape')
})

test('a fixed stop stays where it is when several are moved', async () => {
    await card('A-10001').click()
    await page.keyboard.press('l')
    await card('A-10001').getByText('закреплён').waitFor({ state: 'attached' })
    await page.keyboard.press('Control+a')
    await page.getByText('Выбрано 3 заказа').waitFor()
    await page.getByRole('button', { name: 'Снять курьера' }).click()
    await shows('Борис Берёза', 'A-10001')
    await page.getByText('Закреплён и остался на месте: 1 заказ').waitFor()
    await page.keyboard.press('Control+z')
    await shows('Борис Берёза', 'A-10003 A-10001 A-10002')
})

test('two dispatchers who move the same order: the second is told, and sees what the first one did', async () => {
    const second = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'ru-RU', storageState: await page.context().storageState() })).newPage()
    let held = Promise.resolve() // his board is what he saw, until he acts
    await second.route('**/api/v1/board', (route) => held.then(() => route.continue()))
    await second.goto(world.url + '/board')
    await shows('Борис Берёза', 'A-10003 A-10001 A-10002', second)
    let letGo
    held = new Promise((go) => (letGo = go))
    await page.bringToFront()
    await card('A-10005').dragTo(column('Вера Сокол'))
    await shows('Вера Сокол', 'A-10005')
    await second.bringToFront()
    await card('A-10005', second).dragTo(column('Борис Берёза', second))
    await second.getByText('Тем временем это изменил кто-то другой').waitFor()
    letGo()
    await shows('Вера Сокол', 'A-10005', second)
    await shows('Борис Берёза', 'A-10003 A-10001 A-10002', second)
    await second.close()
    await page.bringToFront()
})

test('what the courier has on board is moved only after a word about what that does', async () => {
    const taken = handheld('take', 'A-10002-1')
    assert.equal(taken.status, 0, taken.text)
    await card('A-10002').getByText('Доставляется').waitFor()
    await card('A-10002').dragTo(column('Вера Сокол'))
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Борис Берёза: на руках 1 место').waitFor()
    assert.deepEqual(await accessibilityFaults(page), [])
    await dialog.getByRole('button', { name: 'Отмена' }).click()
    await shows('Вера Сокол', 'A-10005')
    await card('A-10002').dragTo(column('Вера Сокол'))
    await dialog.getByRole('button', { name: 'Всё равно перенести' }).click()
    await shows('Вера Сокол', 'A-10005 A-10002')
    await card('A-10002').getByText('на руках: Борис Берёза').waitFor()
    await page.keyboard.press('Control+z')
    await shows('Борис Берёза', 'A-10003 A-10001 A-10002')
})

test('the unplanned are found by text, and those of one address are selected at once', async () => {
    await page.keyboard.press('Escape')
    await card('A-10001').click()
    await page.getByRole('button', { name: 'Тот же адрес' }).click()
    await page.getByText('Выбрано 2 заказа').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.type('садовая')
    await shows('Не назначены', 'A-10004')
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.type('такого нет')
    await column('Не назначены').getByText('Ничего не').waitFor()
})

test('the board can be read by everybody', async () => {
    for (const scheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: scheme })
        await page.goto(world.url + '/board')
        await shows('Борис Берёза', 'A-10003 A-10001 A-10002')
        assert.deepEqual(await accessibilityFaults(page), [], scheme)
    }
})

test('every answer of the API was one that the contract knows', () => {
    assert.deepEqual([...contract.faults], [])
    assert.ok(contract.checked.has('GET /api/v1/board 200'))
})
test('the console never complained', () => assert.deepEqual(complaints, []))
