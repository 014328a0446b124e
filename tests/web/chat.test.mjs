// A dispatcher at the console and a courier on a real handheld write to each other, also while the network is away and
// the handheld's power fails. The tests go on from one another.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openHandheld, own, shot } from './handheld.mjs'
import { openConsole, setUpAdmin } from './office.mjs'
import { accessibilityFaults } from './page.mjs'
import { eventually } from './world.mjs'

let office, world, console_, courier

const button = (page, name) => page.getByRole('button', { name })
const name = 'Берёза'
const onConsole = async () => (await console_.getByRole('log').locator('.text').allInnerTexts()).map((text) => text.trim())
const onHandheld = async () => (await courier.page.locator('main .text').allInnerTexts()).map((text) => text.trim())
const bubble = (page, text) => page.locator('li').filter({ hasText: text })

async function openTalk() {
    await console_.goto(`${world.url}/map`)
    await console_.getByRole('list', { name: 'Курьеры' }).getByText(name).first().click()
    await button(console_, /Сообщения/).click()
}
async function write(text) {
    await console_.getByLabel('Сообщение курьеру').fill(text)
    await console_.getByLabel('Сообщение курьеру').press('Enter')
    await bubble(console_, text).waitFor()
}
async function openChat() {
    await button(courier.page, 'Меню').click()
    await button(courier.page, /Чат с диспетчером/).click()
}
async function say(text) {
    await courier.page.getByLabel('Сообщение', { exact: true }).fill(text)
    await button(courier.page, 'Отправить').click()
    await bubble(courier.page, text).waitFor()
}

before(async () => {
    office = await openConsole()
    ;({ world, page: console_ } = office)
    await setUpAdmin(console_, world)
    await world.receive() // whoever has the time of the satellites writes at a time that nobody doubts
    courier = await openHandheld(office.browser, world, world.handheld)
})
after(() => office?.close())

test('what the dispatcher writes is heard on any screen, marked on the menu, and known as read when it was', async () => {
    await openTalk()
    await console_.getByText('Сообщений ещё нет').waitFor()
    await write('Где вы?')
    await bubble(console_, 'на устройстве').waitFor()
    await courier.page.getByRole('alert').getByText('Диспетчер Анна Проверкина').waitFor()
    await courier.page.getByRole('alert').getByText('Где вы?').waitFor()
    await courier.page.getByLabel('новое: 1').waitFor()
    await shot(courier.page, 'chat_notice')
    await openChat()
    await bubble(courier.page, 'Где вы?').waitFor()
    await bubble(console_, /прочитано в/).waitFor()
    await button(courier.page, 'Назад').click()
    await courier.page.getByLabel('новое: 1').waitFor({ state: 'detached' })
    await button(courier.page, /Чат с диспетчером/).click()
})

test('without a network a phrase and a typed line wait in order, and outlive a power cut', async () => {
    await world.cut(600)
    await button(courier.page, 'Готовые фразы').click()
    await shot(courier.page, 'chat_phrases')
    assert.deepEqual(await accessibilityFaults(courier.page), [])
    await button(courier.page, 'Опаздываю на 15 минут').click()
    await button(courier.page, 'Отправить').click()
    await bubble(courier.page, 'Опаздываю на 15 минут').waitFor()
    await say('Мост перекрыт')
    await bubble(courier.page, 'Мост перекрыт').getByText('ещё не отправлено').waitFor()
    await write('Жду ответа')
    await bubble(console_, 'Жду ответа').getByText('отправлено').waitFor()
    await world.killAgent()
    await courier.page.close()
    courier = await openHandheld(office.browser, world, world.handheld)
    await openChat()
    await bubble(courier.page, 'Мост перекрыт').waitFor()
    assert.deepEqual(await onHandheld(), ['Где вы?', 'Опаздываю на 15 минут', 'Мост перекрыт'])
    await shot(courier.page, 'chat_offline')
    assert.deepEqual(await accessibilityFaults(courier.page), [])
})

test('with the network both see one talk in its true order, and both know what was read', async () => {
    await world.cut(0)
    await bubble(console_, 'Мост перекрыт').waitFor({ timeout: 60_000 })
    await bubble(courier.page, 'Жду ответа').waitFor({ timeout: 60_000 })
    const talk = ['Где вы?', 'Опаздываю на 15 минут', 'Мост перекрыт', 'Жду ответа']
    await eventually('the console shows the true order', async () => (await onConsole()).join() === talk.join())
    assert.deepEqual(await onHandheld(), talk)
    for (const text of talk.slice(1, 3)) await bubble(courier.page, text).getByText('прочитано').waitFor()
    await bubble(console_, 'Жду ответа').getByText(/прочитано в/).waitFor()
    await shot(courier.page, 'chat_both')
    await shot(console_, 'chat_console')
    assert.deepEqual(await accessibilityFaults(console_), [])
})

test('what nobody has read is counted at the rail and in the list of couriers, until it is read', async () => {
    await console_.goto(`${world.url}/orders`)
    await say('Вручил, еду дальше')
    await console_.getByRole('navigation').getByLabel('1 непрочитанное сообщение').waitFor()
    await console_.goto(`${world.url}/map`)
    const row = console_.getByRole('list', { name: 'Курьеры' }).getByRole('listitem').first()
    await row.getByLabel('1 непрочитанное сообщение').waitFor()
    await shot(console_, 'chat_unread')
    assert.match(await row.innerText(), new RegExp(name))
    await row.getByRole('button').click()
    await button(console_, /Сообщения/).click()
    await bubble(console_, 'Вручил, еду дальше').waitFor()
    await console_.getByLabel('1 непрочитанное сообщение').first().waitFor({ state: 'detached' })
    await bubble(courier.page, 'Вручил, еду дальше').getByText('прочитано').waitFor()
})

test('the courier reads who looked where he is', async () => {
    for (const _ of [1, 2]) await button(courier.page, 'Назад').click()
    await world.cut(2) // he greets central again, which tells him what is new
    await button(courier.page, 'Меню').click()
    await button(courier.page, 'Кто смотрел, где я').click()
    await courier.page.getByText('Анна Проверкина, администратор').first().waitFor({ timeout: 60_000 })
    await courier.page.getByText('место на карте').first().waitFor()
    await shot(courier.page, 'access')
    assert.deepEqual(await accessibilityFaults(courier.page), [])
})

test('the pages never complained, and every answer was as the contract says', () => {
    assert.deepEqual([...own(office.complaints), ...own(courier.complaints)], [])
    assert.deepEqual([...office.contract.faults], [])
})
