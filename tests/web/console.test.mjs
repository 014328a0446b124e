// The console in a real browser, against the real central, its broker, moving couriers and one real handheld. The tests
// are one working day and go on from one another.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openConsole, password, setUpAdmin } from './office.mjs'
import { accessibilityFaults, colours, difference, oneTimeCode, pixelsOf, qrOf } from './page.mjs'
import { eventually } from './world.mjs'

let world, page, complaints, contract, close
let secret = ''

const button = (name) => page.getByRole('button', { name })
const card = () => page.getByRole('region', { name: /Борис Берёза/ })
const text = async (target) => (await target.innerText()).replace(/\s+/g, ' ')

async function choose(menu, choice) {
    await button(menu).click()
    await page.getByText(choice, { exact: true }).click()
    await page.keyboard.press('Escape')
}

before(async () => ({ world, page, complaints, contract, close } = await openConsole()))
after(() => close?.())

test('the first administrator signs in by the link that central printed, with a second factor', async () => {
    secret = await setUpAdmin(page, world)
    await page.getByText('показано 6 из 6').waitFor()
})

test('signing in again wants the right password and a fresh code, and says what is wrong', async () => {
    await button(/Мой вход|Анна/).click()
    await page.getByText('Выйти', { exact: true }).click()
    await page.getByLabel('Логин').fill('admin')
    await page.getByLabel('Пароль').fill('wrong horse battery')
    await button('Войти').click()
    await page.getByText('Логин или пароль не подходят').waitFor()
    await page.getByLabel('Пароль').fill(password)
    await button('Войти').click()
    await page.getByLabel('Код из приложения').fill(oneTimeCode(secret, 1))
    await button('Подтвердить').click()
    await page.getByText('показано 6 из 6').waitFor()
})

test('couriers are on the streets of the imported map, and move', async () => {
    const map = page.getByRole('application')
    await page.getByText('© OpenStreetMap contributors').waitFor()
    await eventually('five couriers are under way or stand at a door', async () =>
        /В пути [1-5]/.test(await text(page.getByRole('group', { name: 'Фильтр по состоянию' }))),
    )
    const first = await eventually('streets are drawn', async () => {
        const picture = await pixelsOf(map)
        return colours(picture) > 200 && picture
    })
    await eventually('something moved', async () => difference(first, await pixelsOf(map)) > 300)
})

test('what is searched stands in the address and outlives a reload', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('Берёза')
    await page.getByText('показано 1 из 6').waitFor()
    await eventually('the address knows', async () => decodeURIComponent(page.url()).includes('Берёза'))
    await page.reload()
    await page.getByText('показано 1 из 6').waitFor()
    await page.getByPlaceholder('Имя, код, телефон').fill('')
    await page.getByText('показано 6 из 6').waitFor()
})

test('a scan on the handheld appears on the card of its courier while one looks, with its three times', async () => {
    await page.getByText('Борис Берёза').first().click()
    await card().getByText('Смена начата').waitFor()
    const scanned = world.agent(world.handheld, 'scan', '4600000000015')
    assert.equal(scanned.status, 0, scanned.text)
    const fact = card().getByRole('listitem').filter({ hasText: '4600000000015' })
    await fact.waitFor()
    if (!(await fact.getByText('Часы устройства').isVisible())) await fact.locator('summary').click()
    for (const clock of ['GPS', 'Часы устройства', 'С включения', 'Пришло в центр'])
        await fact.getByText(clock, { exact: true }).first().waitFor()
})

test('a handheld that is cut off shows its age, and what it recorded comes late and complete', async () => {
    await card().getByText('Отключить сеть на 2 минуты').click()
    await card().getByText('Нет связи').waitFor({ timeout: 60_000 })
    for (const code of ['4600000000022', '4600000000039'])
        assert.equal(world.agent(world.handheld, 'scan', code).status, 0)
    assert.equal(await card().getByText('4600000000022').count(), 0)
    await card().getByText('Вернуть сейчас').click()
    await card().getByRole('listitem').filter({ hasText: '4600000000039' }).waitFor({ timeout: 60_000 })
    await card().getByRole('listitem').filter({ hasText: '4600000000022' }).waitFor()
    await eventually('nothing is lost', async () => /0 потеряно/.test(await text(card())))
    await page.keyboard.press('Escape')
    await card().waitFor({ state: 'detached' })
})

test('the QR code of a new device, read from the screen, enrols a handheld', async () => {
    await page.getByRole('link', { name: 'Устройства' }).click()
    await button('Новое устройство').click()
    await page.getByLabel('Название').fill('Т-17')
    await button('Создать и показать QR').click()
    await page.getByText('Код действует ещё').waitFor()
    const link = await qrOf(page)
    assert.match(link, /^plus7:enrol\?u=/)
    const settings = await world.newHandheld('t17')
    const enrolled = world.agent(settings, 'enroll', link)
    assert.equal(enrolled.status, 0, enrolled.text)
    await page.getByText('Устройство подключено').waitFor()
    await button('Готово').click()
    const again = world.agent(await world.newHandheld('thief'), 'enroll', link)
    assert.notEqual(again.status, 0)
})

test('a lost device is locked with a reason, unlocked, and revoked for good', async () => {
    await page.getByText('Т-17').first().click()
    const panel = page.getByRole('complementary', { name: 'Т-17' })
    const because = async (act) => {
        await panel.getByRole('button', { name: act, exact: true }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByLabel('Причина').fill('потеряно в трамвае')
        await dialog.getByRole('button', { name: act, exact: true }).click()
    }
    await because('Запереть')
    await panel.getByText('заперто').first().waitFor()
    await panel.getByRole('button', { name: 'Отпереть' }).click()
    await panel.getByText('работает').first().waitFor()
    await because('Отозвать навсегда')
    await panel.getByText('отозвано').first().waitFor()
})

test('the audit log tells who did what, and why', async () => {
    await page.getByRole('link', { name: 'Журнал' }).click()
    await page.getByText('потеряно в трамвае').first().waitFor()
    assert.match(await text(page.locator('main')), /Анна Проверкина/)
})

test('the way of a courier is played back', async () => {
    const moment = page.getByLabel('Момент')
    await page.goto(world.url + '/map')
    await page.getByText('Вера Сокол').first().click()
    const of = page.getByRole('region', { name: /Вера Сокол/ })
    await of.getByRole('button', { name: 'Трек' }).click()
    await moment.waitFor({ timeout: 90_000 }) // a handheld tells its way minute by minute
    const begin = await moment.getAttribute('min')
    await moment.fill(begin)
    await eventually('it stands at the beginning', async () => (await moment.inputValue()) === begin)
    await button('Пуск').click()
    await eventually('time goes on', async () => (await moment.inputValue()) !== begin)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
})

test('every room can be read by everybody: both themes, both languages, and the keyboard', async () => {
    const rooms = ['/map', '/devices', '/staff', '/audit', '/account']
    for (const scheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: scheme })
        for (const room of rooms) {
            await page.goto(world.url + room)
            await page.getByRole('navigation', { name: 'Разделы' }).waitFor()
            await page.waitForLoadState('networkidle')
            assert.deepEqual(await accessibilityFaults(page), [], `${room}, ${scheme}`)
        }
    }
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('Клавиши').waitFor()
    await page.keyboard.press('Escape')
    await choose('Язык и вид', 'English')
    await page.goto(world.url + '/devices')
    await page.getByRole('link', { name: 'Devices' }).waitFor()
    assert.doesNotMatch(await text(page.getByRole('navigation')), /[а-яё]/i)
})

test('every answer of the API was one that the contract knows', () => {
    assert.deepEqual([...contract.faults], [])
    assert.ok(contract.checked.size >= 20, [...contract.checked].join('\n'))
})

test('the console never complained', () => assert.deepEqual(complaints, []))
