// What a person of the office does at the start of the day.
import assert from 'node:assert/strict'
import { Contract } from './contract.mjs'
import { complaintsOf, oneTimeCode, qrOf, startBrowser } from './page.mjs'
import { World } from './world.mjs'

export const password = 'correct horse battery'

/** A world, and the console in a browser whose complaints and API answers are watched; close() ends all of it. */
export async function openConsole() {
    const world = await World.start()
    let browser
    const close = async () => {
        await browser?.close()
        await world.stop()
    }
    try {
        browser = await startBrowser()
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'ru-RU' })
        page.setDefaultTimeout(20_000)
        const contract = await Contract.read()
        contract.watch(page)
        return { world, browser, page, complaints: complaintsOf(page), contract, close }
    } catch (error) {
        await close()
        throw error
    }
}

/** The first administrator, by the link that central printed, with a second factor, whose secret it gives. */
export async function setUpAdmin(page, world) {
    await page.goto(world.setup)
    await page.getByLabel('Имя').fill('Анна Проверкина')
    await page.getByLabel('Логин').fill('admin')
    await page.getByLabel('Новый пароль').fill(password)
    await page.getByLabel('Ещё раз').fill(password)
    await page.getByRole('button', { name: 'Создать и войти' }).click()
    await page.getByText('Или введите ключ вручную').waitFor()
    const shown = await page.locator('body').innerText()
    const secret = shown.match(/[A-Z2-7]{32}/)[0]
    assert.match(await qrOf(page), new RegExp(`^otpauth://totp/.*secret=${secret}`))
    await page.getByLabel('Код из приложения').fill(oneTimeCode(secret))
    await page.getByRole('button', { name: 'Подтвердить' }).click()
    await page.getByRole('button', { name: 'Сохранил' }).click()
    return secret
}

export const onceKey = () => ({ 'Idempotency-Key': Math.random().toString(36).slice(2) })

/** What the console does, asked of the API directly: ask(method, path, body, headers). */
export function apiOf(page, world) {
    return async (method, path, body, headers = method === 'POST' ? onceKey() : {}) => {
        const { csrf } = await (await page.request.get(`${world.url}/api/v1/me`)).json()
        const answer = await page.request.fetch(world.url + path, {
            method,
            data: body,
            headers: { 'X-Plus7-Csrf': csrf, Origin: world.url, ...headers },
        })
        assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`)
        return answer.json()
    }
}

/** A new courier with a handheld of his own, which runs: its settings. */
export async function hireCourier(page, world, name, code) {
    const ask = apiOf(page, world)
    const { device, enrolment } = await ask('POST', '/api/v1/devices', { name: `Устройство ${code}` })
    await ask('POST', '/api/v1/couriers', { name, code, device: device.id })
    const settings = await world.enrolled(code, enrolment.url)
    await world.run(settings)
    return settings
}

/** Orders entered and planned through the API, as the console would do it; their cards. */
export async function planOrders(page, world, courier, orders) {
    const ask = apiOf(page, world)
    await ask('POST', '/api/v1/sites', { kind: 'depot', name: 'Северный', address: 'ул. Складская, 1' })
    const cards = []
    for (const order of orders) cards.push(await ask('POST', '/api/v1/orders', order))
    const { items } = await ask('GET', `/api/v1/couriers?q=${encodeURIComponent(courier)}`)
    await ask('POST', '/api/v1/orders/plan', { orders: cards.map((card) => card.order.id), courier: items[0].id })
    return cards
}
