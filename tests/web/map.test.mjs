// The map of a courier's day on his handheld: real stops, a receiver that moves, and no network. The tests go on from one
// another.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openHandheld, own, shot } from './handheld.mjs'
import { planOrders, setUpAdmin } from './office.mjs'
import { accessibilityFaults, difference, pixelsOf, startBrowser } from './page.mjs'
import { Sky } from './sky.mjs'
import { World, eventually } from './world.mjs'

let world, browser, office, page, complaints, sky

const button = (name) => page.getByRole('button', { name, exact: true })
const map = () => page.locator('canvas')
// How much of a picture is not white paper.
function ink({ data }) {
    let dark = 0
    for (let i = 0; i < data.length; i += 4) if (data[i] + data[i + 1] + data[i + 2] < 700) ++dark
    return dark / (data.length / 4)
}
const panel = () => page.locator('footer').getByRole('status')
const at = (text, place) => ({ sender: 'Лавка', recipient: { name: 'Ольга Мельник', phone: null }, address: { text }, ...(place && { place }), proof: [], parcels: [{}] })
const start = { lat: 55.8197, lon: 37.6117 }
const orders = [
    at('Звёздный бульвар, 23', { lat: 55.8148, lon: 37.6295 }),
    at('ул. Академика Королёва, 12', { lat: 55.8217, lon: 37.6089 }),
    at('ул. Цандера, 7', { lat: 55.8163, lon: 37.6236 }),
    at('адрес без точки', null),
]

before(async () => {
    world = await World.start()
    browser = await startBrowser()
    office = await browser.newPage({ locale: 'ru-RU' })
    await setUpAdmin(office, world)
    await planOrders(office, world, 'Берёза', orders)
    sky = await Sky.over(world.handheld, start)
    ;({ page, complaints } = await openHandheld(browser, world, world.handheld))
})
after(async () => {
    await browser?.close()
    await sky?.close()
    await world?.stop()
})

test('the map shows the stops by their numbers and says which have no point', async () => {
    await page.getByText('Звёздный бульвар, 23').waitFor()
    await button('Карта').click()
    await page.getByText('Без точки на карте: 1').waitFor()
    await page.getByText('Нажмите на номер на карте').waitFor()
    assert.deepEqual(await accessibilityFaults(page), [])
    await shot(page, 'map')
})

test('the chosen stop has its distance and direction from where the courier is', async () => {
    await page.getByRole('button', { name: 'Следующий' }).click()
    await panel().getByText('Звёздный бульвар, 23').waitFor()
    await panel().getByText(/1,2 км, юго-восток/).waitFor()
    await shot(page, 'map_stop')
    sky.place = { lat: 55.8148, lon: 37.6215 }
    await panel().getByText(/50\d м, восток/).waitFor()
})

test('it is moved and zoomed by finger, by buttons and by keys; a number that is touched is chosen', async () => {
    const box = await map().boundingBox()
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    const changed = async (what, act) => {
        const before = await pixelsOf(map())
        await act()
        await eventually(what, async () => difference(before, await pixelsOf(map())) > 500)
    }
    await changed('zoomed by the button', () => page.getByRole('button', { name: 'Ближе' }).click())
    await changed('zoomed by the key', () => page.keyboard.press('2'))
    await changed('moved by the finger', async () => {
        await page.mouse.move(middle.x, middle.y)
        await page.mouse.down()
        await page.mouse.move(middle.x + 90, middle.y + 40, { steps: 4 })
        await page.mouse.up()
    })
    await map().focus()
    await changed('moved by the arrows', () => page.keyboard.press('ArrowLeft'))
    await page.mouse.click(box.x + 20, box.y + box.height - 20) // nothing there
    await panel().getByText('Нажмите на номер на карте').waitFor()
    await page.getByRole('button', { name: 'Следующий' }).click()
    await panel().getByText('Звёздный бульвар, 23').waitFor()
    await page.getByRole('button', { name: 'Следующий' }).click() // in the middle now
    await panel().getByText('ул. Академика Королёва, 12').waitFor()
    await page.mouse.click(box.x + 20, box.y + 120)
    await panel().getByText('Нажмите на номер на карте').waitFor()
    await page.mouse.click(middle.x, middle.y)
    await panel().getByText('ул. Академика Королёва, 12').waitFor()
})

test('the streets came while there was a network, and are drawn without it', async () => {
    await eventually('the agent has the streets', () => page.evaluate(async () => (await (await fetch('/api/map')).json())?.max_zoom === 15), 60_000)
    await world.cut(600)
    await button('Назад').click()
    await button('Карта').click()
    await page.getByText('OpenStreetMap').waitFor()
    await page.getByRole('button', { name: 'Все адреса' }).click()
    await eventually('streets are drawn', async () => ink(await pixelsOf(map())) > 0.04)
    await shot(page, 'map_streets')
    await page.getByRole('button', { name: 'Следующий' }).click()
    for (let i = 0; i < 2; ++i) await page.getByRole('button', { name: 'Ближе' }).click()
    await eventually('houses and names are drawn', async () => ink(await pixelsOf(map())) > 0.02)
    await shot(page, 'map_houses')
    assert.deepEqual(own(complaints), [])
})

test('it opens the stop, the stop leads back to it, and nothing of it needs the network', async () => {
    await page.getByRole('button', { name: 'Следующий' }).click()
    await panel().getByText('ул. Академика Королёва, 12').waitFor()
    await page.getByRole('button', { name: 'Открыть 2' }).click()
    await page.getByRole('heading', { name: '№ A-10002' }).waitFor()
    await page.getByRole('button', { name: 'Показать на карте' }).click()
    await panel().getByText('ул. Академика Королёва, 12').waitFor()
    await page.reload()
    await button('Карта').click()
    await page.getByText('Без точки на карте: 1').waitFor()
    sky.place = start
    await page.getByRole('button', { name: 'Следующий' }).click()
    await panel().getByText(/1,2 км, юго-восток/).waitFor()
    assert.deepEqual(own(complaints), [])
})
