// A shop's whole way in: an admin makes a token and a webhook in the console, the shop's program orders by HTTP, is told
// of it by a signed message, and what could not be told is sent again. The tests go on from one another.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { openConsole, setUpAdmin } from './office.mjs'
import { accessibilityFaults } from './page.mjs'
import { eventually } from './world.mjs'

let world, page, complaints, contract, close
let token, secret
const shop = { got: [], status: 200 } // the shop's own server

const button = (name) => page.getByRole('button', { name })
const dialog = () => page.getByRole('dialog')
const copied = async () => (await dialog().locator('button.mono').innerText()).trim()

async function ask(method, path, body, headers = {}) {
    const answer = await fetch(world.url + path, {
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
        ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text && JSON.parse(text) }
}

const order = (ref) => ({
    outer_ref: ref,
    recipient: { name: 'Ольга Мельник', phone: '+79990000001' },
    address: { text: 'ул. Садовая, 14' },
    parcels: [{ what: 'Чайник' }],
})

before(async () => {
    shop.server = createServer(async (request, response) => {
        let body = ''
        for await (const part of request) body += part
        shop.got.push({ body, headers: request.headers })
        response.writeHead(shop.status).end('seen')
    }).listen(0, '127.0.0.1')
    await once(shop.server, 'listening')
    shop.url = `http://127.0.0.1:${shop.server.address().port}/plus7`
    ;({ world, page, complaints, contract, close } = await openConsole())
    await setUpAdmin(page, world)
})
after(async () => {
    await close?.()
    shop.server?.closeAllConnections()
    shop.server?.close()
})

test('a token is made, and told once', async () => {
    await page.goto(world.url + '/access')
    await page.getByText('Токенов пока нет').waitFor()
    assert.deepEqual(await accessibilityFaults(page), [])
    await page.keyboard.press('n')
    await dialog().getByLabel('Название').fill('Касса на Мира')
    await dialog().getByLabel('Отправитель').fill('Лавка')
    await dialog().getByLabel(/Ссылка получателя/).check()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Токен «Касса на Мира» выпущен').waitFor()
    token = await copied()
    assert.match(token, /^p7_[\w-]{43}$/)
    assert.deepEqual(await accessibilityFaults(page), [])
    await button('Готово').click()
    const row = page.getByRole('row', { name: /Касса на Мира/ })
    await row.getByText('ещё не был').waitFor()
    assert.ok(!(await page.content()).includes(token))
})

test('a webhook is made, and a test of it shows the answer', async () => {
    await button('Вебхуки').click()
    await page.getByText('Вебхуков пока нет').waitFor()
    await button('Новый вебхук').first().click()
    await dialog().getByLabel('Отправитель').fill('Лавка')
    await dialog().getByLabel('Адрес').fill('lavka')
    await page.keyboard.press('Control+Enter')
    await dialog().getByText('Это не адрес').waitFor()
    await dialog().getByLabel('Адрес').fill(shop.url)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Ключ подписи' }).waitFor()
    secret = await copied()
    await button('Готово').click()
    await button(/Проверить/).click()
    await dialog().getByText('ответ 200').waitFor()
    assert.deepEqual(await accessibilityFaults(page), [])
    assert.equal(JSON.parse(shop.got[0].body).type, 'test')
    await page.keyboard.press('Escape')
})

test('the shop orders by its token, and the same number again is the same order', async () => {
    const made = await ask('POST', '/api/v1/orders', order('L-1'), { 'Idempotency-Key': 'a' })
    assert.equal(made.status, 201)
    assert.equal(made.body.order.sender, 'Лавка')
    assert.match(made.body.order.tracking_url, /\/t\/[\w-]{44}$/)
    assert.equal((await ask('POST', '/api/v1/orders', order('L-1'), { 'Idempotency-Key': 'b' })).status, 200)
    assert.equal((await ask('GET', '/api/v1/staff')).status, 403)
    assert.equal((await ask('GET', '/api/v1/webhooks')).status, 403)
})

test('the shop is told of the new order by a signed message', async () => {
    await eventually('the message is there', () => shop.got.length === 2)
    const { body, headers } = shop.got[1]
    const { t, v1 } = Object.fromEntries(headers['p7-signature'].split(',').map((part) => part.split('=')))
    assert.equal(createHmac('sha256', secret).update(`${t}.${body}`).digest('hex'), v1)
    const news = JSON.parse(body)
    assert.equal(news.type, 'order.status')
    assert.equal(news.order.outer_ref, 'L-1')
    assert.equal(news.order.status, 'accepted')
    assert.equal(headers['p7-delivery'], news.id)
})

test('what the receiver refuses for good switches it off, is shown, and is sent again', async () => {
    shop.status = 410
    await ask('POST', '/api/v1/orders', order('L-2'), { 'Idempotency-Key': 'c' })
    await eventually('the refusal', () => shop.got.length === 3)
    await eventually('the webhook is off', async () => {
        await page.goto(world.url + '/access?tab=webhooks')
        await page.getByText('Лавка').first().waitFor()
        return page.getByText('выключен', { exact: true }).isVisible()
    })
    assert.deepEqual(await accessibilityFaults(page), [])
    shop.status = 200
    await button(/^Действия/).click()
    await button('Включить').click()
    await page.getByText('Вебхук включён').waitFor()
    await button('Не доставлено').click()
    await page.getByText('получатель ответил 410').waitFor()
    assert.deepEqual(await accessibilityFaults(page), [])
    await button(/Отправить снова/).click()
    await page.getByText('Всё доставлено').waitFor()
    await eventually('it is there', () => shop.got.length === 4)
    assert.equal(shop.got[3].headers['p7-delivery'], shop.got[2].headers['p7-delivery'])
    assert.equal(shop.got[3].body, shop.got[2].body)
})

test('a revoked token opens nothing', async () => {
    await page.goto(world.url + '/access')
    await button(/^Отозвать/).click()
    await page.getByText('сразу перестанет работать').waitFor()
    await dialog().getByRole('button', { name: 'Отозвать' }).click()
    await page.getByText('отозван', { exact: true }).waitFor()
    assert.equal((await ask('GET', '/api/v1/orders')).status, 401)
    await page.goto(world.url + '/audit?action=token.')
    await page.getByText('Отозвал токен').waitFor()
    await page.getByText('Выпустил токен').waitFor()
})

test('the room can be read by everybody', async () => {
    for (const scheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: scheme })
        for (const tab of ['', '?tab=webhooks', '?tab=undelivered']) {
            await page.goto(world.url + '/access' + tab)
            await page.waitForLoadState('networkidle')
            assert.deepEqual(await accessibilityFaults(page), [], `${tab}, ${scheme}`)
        }
    }
})

test('every answer of the API was one that the contract knows', () => assert.deepEqual([...contract.faults], []))
test('the console never complained', () => assert.deepEqual(complaints, []))
