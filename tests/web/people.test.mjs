// Couriers' badges and orders to a pickup point, in a real browser: a badge is shown once, printed and taken away; a
// point gets a clerk and an order. The tests go on from one another.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openConsole, setUpAdmin } from './office.mjs'
import { accessibilityFaults, qrOf } from './page.mjs'
import { eventually } from './world.mjs'

let world, browser, page, complaints, contract, close
let badge = ''
let pin = ''

const button = (name) => page.getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog')
const courier = () => page.getByRole('region', { name: /Борис Берёза/ })
const order = () => page.getByRole('complementary', { name: 'A-10001' })
const text = async (target) => (await target.innerText()).replace(/\s+/g, ' ')
const pinShown = async () => text(dialog().getByRole('status', { name: 'ПИН' }))

before(async () => {
    ;({ world, browser, page, complaints, contract, close } = await openConsole())
    await setUpAdmin(page, world)
})
after(() => close?.())

async function openCourier() {
    await page.goto(world.url + '/')
    await page.getByText(/Берёза/).first().click()
    await courier().getByText('Вход', { exact: true }).waitFor()
}

test('a badge is made: its QR code and its PIN are shown, once', async () => {
    await openCourier()
    await courier().getByText('без бейджа').waitFor()
    await courier().getByRole('button', { name: 'Бейдж и ПИН' }).click()
    await dialog().getByRole('button', { name: 'Выдать бейдж и ПИН' }).click()
    await dialog().getByText('Показываем один раз').waitFor()
    badge = await qrOf(dialog())
    assert.match(badge, /^P7B[A-Z2-7]{20,}$/)
    pin = await pinShown()
    assert.match(pin, /^\d{4}$/)
    assert.deepEqual(await accessibilityFaults(page), [])
    await page.keyboard.press('Escape')
    assert.equal(await pinShown(), pin) // a slip of the finger does not lose it
    assert.equal(await text(page.locator(':focus')), 'Записал')
})

test('what is printed is the badge and nothing else, least of all the PIN', async () => {
    await page.emulateMedia({ media: 'print' })
    assert.equal(await dialog().getByRole('status', { name: 'ПИН' }).isVisible(), false)
    assert.equal(await courier().getByText('Вход', { exact: true }).isVisible(), false)
    assert.equal(await qrOf(page), badge)
    await page.emulateMedia({ media: 'screen' })
    await dialog().getByRole('button', { name: 'Записал' }).click()
    await courier().getByText('по бейджу и ПИНу').waitFor()
})

test('a new PIN leaves the badge; a new badge has another code; taken away, he signs in without', async () => {
    const open = () => courier().getByRole('button', { name: 'Бейдж и ПИН' }).click()
    await open()
    await dialog().getByRole('button', { name: 'Новый ПИН', exact: true }).click()
    await dialog().getByText('скажите ПИН курьеру лично').waitFor()
    assert.match(await pinShown(), /^\d{4}$/)
    assert.equal(await dialog().getByRole('img').count(), 0)
    await dialog().getByRole('button', { name: 'Записал' }).click()
    await open()
    await dialog().getByRole('button', { name: 'Новый бейдж и ПИН' }).click()
    await dialog().getByText('Показываем один раз').waitFor()
    assert.notEqual(await qrOf(dialog()), badge)
    await dialog().getByRole('button', { name: 'Записал' }).click()
    await open()
    await dialog().getByRole('button', { name: 'Убрать бейдж…' }).click()
    await dialog().getByRole('button', { name: 'Убрать бейдж', exact: true }).click()
    await courier().getByText('без бейджа').waitFor()
})

test('who made a badge is in the audit, what it is is not', async () => {
    await page.goto(world.url + '/audit')
    for (const act of ['Выдал бейдж и ПИН', 'Выдал новый ПИН', 'Убрал бейдж']) await page.getByText(act).first().waitFor()
    assert.doesNotMatch(await text(page.locator('body')), /P7B/)
})

test('a pickup point is opened and gets a clerk', async () => {
    await page.goto(world.url + '/sites')
    await page.getByRole('button', { name: /Новый/ }).first().click()
    await dialog().getByRole('radio', { name: /Пункт/ }).check()
    await dialog().getByLabel('Название').fill('На Новой')
    await dialog().getByLabel('Адрес').first().fill('ул. Новая, 5')
    await dialog().getByLabel('Часы').fill('пн–пт 9–21')
    await page.keyboard.press('Control+Enter')
    await dialog().waitFor({ state: 'detached' })
    await openCourier()
    await courier().getByRole('button', { name: 'Изменить курьера' }).click()
    await dialog().getByLabel('Работает').selectOption({ label: 'в пункте выдачи: На Новой' })
    await dialog().getByRole('button', { name: 'Сохранить' }).click()
    await courier().getByText('На Новой', { exact: true }).waitFor()
})

test('an order is entered to the point, and has its address', async () => {
    await page.goto(world.url + '/orders')
    await page.getByRole('heading', { name: 'Заказы' }).waitFor()
    await page.keyboard.press('n')
    await dialog().getByLabel('Отправитель').fill('Лавка')
    await dialog().getByLabel('Получатель').or(dialog().getByLabel('Имя')).first().fill('Ольга Мельник')
    await dialog().getByRole('radio', { name: 'в пункт выдачи' }).check()
    assert.equal(await dialog().getByLabel('Подъезд').count(), 0)
    await page.keyboard.press('Control+Enter')
    await eventually('it says that a point is missing', () => dialog().locator('select[name=point][aria-invalid=true]').count())
    await dialog().locator('select[name=point]').selectOption({ label: 'На Новой · ул. Новая, 5' })
    await dialog().getByText('пн–пт 9–21 · хранит 7 дней').waitFor()
    assert.deepEqual(await accessibilityFaults(page), [])
    await page.keyboard.press('Control+Enter')
    await dialog().waitFor({ state: 'detached' })
    await order().getByText('Пункт На Новой').waitFor()
    await order().getByText('ул. Новая, 5').waitFor()
    assert.match(await text(page.getByRole('table')), /Пункт На Новой · ул\. Новая, 5/)
})

test('its recipient reads where to collect it, in his language', async () => {
    for (const [locale, title] of [['ru-RU', 'Пункт выдачи'], ['en-GB', 'Pickup point']]) {
        const recipient = await browser.newPage({ locale })
        await recipient.goto(world.recipientLink('A-10001'))
        await recipient.getByRole('region', { name: title }).getByText('На Новой').waitFor()
        assert.match(await text(recipient.locator('#point')), /ул\. Новая, 5/)
        assert.deepEqual(await accessibilityFaults(recipient), [])
        await recipient.close()
    }
})

test('the page complained of nothing, and every answer of the API was one that the contract knows', () => {
    assert.deepEqual(complaints, [])
    assert.deepEqual([...contract.faults], [])
})
