// People and what they work with, in a real browser: badges, shown once, printed and taken away; the forms of staff,
// couriers and devices; a pickup point that gets a clerk and an order. The tests go on from one another.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { apiOf, openConsole, setUpAdmin } from './office.mjs'
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
const dialogSays = (words) => dialog().getByText(words).first().waitFor()
const focused = () => text(page.locator(':focus'))
const save = () => page.keyboard.press('Control+Enter')
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

test('who invites is told what is wrong where it is wrong, and loses nothing of what he typed', async () => {
    await page.goto(world.url + '/staff')
    await page.getByRole('button', { name: 'Пригласить' }).click()
    assert.equal(await page.locator(':focus').getAttribute('name'), 'name')
    await save()
    await eventually('both texts are missing', async () => (await dialog().getByText('Заполните').count()) === 2)
    assert.equal(await page.locator(':focus').getAttribute('name'), 'name')
    await dialog().getByLabel('Имя').fill('Ольга Мельник')
    await dialog().getByLabel('Логин').fill('ад')
    await dialog().getByRole('checkbox', { name: 'Диспетчер' }).uncheck()
    await dialogSays('От 3 до 64 знаков')
    await dialogSays('Заполните')
    await dialog().getByLabel('Логин').fill('admin')
    await dialog().getByRole('checkbox', { name: 'Оператор' }).check()
    await save()
    await dialogSays('Уже занято')
    assert.equal(await text(dialog().getByRole('alert')), 'Этот логин занят')
    assert.deepEqual(await accessibilityFaults(page), [])
    await page.keyboard.press('Escape')
    await page.getByText('Выбросить набранное?').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Выбросить набранное?').waitFor({ state: 'detached' })
    assert.equal(await dialog().getByLabel('Логин').inputValue(), 'admin')
    await dialog().getByLabel('Логин').fill('O.Melnik')
    await save()
    await page.getByRole('heading', { name: 'Ссылка для входа: Ольга Мельник' }).waitFor()
    assert.match(await text(dialog().locator('button.mono')), /\/invite/)
    assert.deepEqual(await accessibilityFaults(page), [])
    await page.keyboard.press('Escape')
    await eventually('the keyboard is where it was', async () => /Пригласить/.test(await focused()))
    await page.getByRole('row', { name: /o\.melnik/ }).getByText('Оператор').waitFor()
})

test('the last administrator cannot give up his role, and the menu has the keyboard again', async () => {
    const acts = page.getByRole('button', { name: 'Действия: Анна Проверкина' })
    await acts.click()
    await button('Изменить').click()
    await dialog().getByRole('checkbox', { name: 'Администратор' }).uncheck()
    await dialog().getByRole('checkbox', { name: 'Диспетчер' }).check()
    await save()
    await dialogSays('Это последний действующий администратор')
    await page.keyboard.press('Escape')
    await button('Выбросить').click()
    await dialog().waitFor({ state: 'detached' })
    assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'Действия: Анна Проверкина')
})

test('an edit of a courier that comes too late keeps what was typed, and takes over the rest', async () => {
    const ask = apiOf(page, world)
    await openCourier()
    await courier().getByRole('button', { name: 'Изменить курьера' }).click()
    await dialog().getByLabel('Телефон').fill('123')
    await save()
    await dialogSays('Номер вида +7 916 123-45-67')
    await dialog().getByLabel('Телефон').fill('8 (916) 123-45-67')
    const { items } = await ask('GET', '/api/v1/couriers?limit=200')
    const known = items.find((one) => one.name === 'Борис Берёза')
    await dialog().getByLabel('Короткий код').fill(items.find((one) => one.id !== known.id).code)
    await save()
    await dialogSays('Уже занято')
    await dialog().getByLabel('Короткий код').fill(known.code)
    await ask('PATCH', `/api/v1/couriers/${known.id}`, { code: 'B-77' }, { 'If-Match': known.etag })
    await save()
    await dialogSays('Тем временем запись изменил кто-то другой')
    assert.equal(await dialog().getByLabel('Короткий код').inputValue(), 'B-77')
    await save()
    await dialog().waitFor({ state: 'detached' })
    await page.getByText('Борис Берёза: изменения сохранены').waitFor()
    const now = (await ask('GET', `/api/v1/couriers/${known.id}`)).courier
    assert.deepEqual([now.code, now.phone, now.device.id], ['B-77', '+79161234567', known.device.id])
    assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'Изменить курьера')
})

test('a device needs a name; its code comes after the form, and then the list has the keyboard again', async () => {
    await page.goto(world.url + '/devices')
    await page.getByRole('button', { name: 'Новое устройство' }).click()
    await save()
    await dialogSays('Заполните')
    await dialog().getByLabel('Название').fill('Т-18')
    await dialog().getByLabel('Курьер').selectOption({ index: 1 })
    assert.deepEqual(await accessibilityFaults(page), [])
    await save()
    await dialogSays('Код действует ещё')
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    await eventually('the keyboard is where it was', async () => /Новое устройство/.test(await focused()))
    await page.getByRole('link', { name: 'Т-18' }).waitFor()
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
    const refused = /status of (409|412)/ // on purpose
    assert.deepEqual(complaints.filter((line) => !refused.test(line)), [])
    assert.deepEqual([...contract.faults], [])
})
