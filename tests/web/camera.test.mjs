// A handheld whose scanner is broken: its camera reads the labels that central prints and the codes that people show. The
// pictures go through Chromium's camera and the real agent. The tests go on from one another.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openHandheld, own, shot } from './handheld.mjs'
import { Lens, grayOf } from './lens.mjs'
import { planOrders, setUpAdmin } from './office.mjs'
import { accessibilityFaults, pixelsOf, startBrowser } from './page.mjs'
import { World } from './world.mjs'

let world, browser, office, page, complaints, cards, lens, dir

const button = (name) => page.getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog')
const labelOf = async (card) => (await office.request.get(`${world.url}/api/v1/orders/${card.order.id}/labels`)).body()
const heardScans = () => page.evaluate(async () => (await (await fetch('/api/state')).json()).scan?.n ?? 0)
const recipient = { name: 'Ольга Мельник', phone: null }
const orders = [
    { sender: 'Лавка', recipient, address: { text: 'ул. Садовая, 14' }, proof: [], parcels: [{}] },
    { sender: 'Лавка', recipient, address: { text: 'пр. Мира, 101' }, proof: [], parcels: [{}] },
]

// Each camera that the page was given, so that a test can ask whether it was let go.
const watchCameras = () =>
    page.addInitScript(() => {
        const devices = navigator.mediaDevices
        const ask = devices.getUserMedia.bind(devices)
        window.tracks = []
        devices.getUserMedia = async (wish) => {
            const stream = await ask(wish)
            window.tracks.push(...stream.getTracks())
            return stream
        }
    })
const liveCameras = () => page.evaluate(() => window.tracks.filter(({ readyState }) => readyState === 'live').length)

before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'plus7-lens-'))
    lens = new Lens(dir)
    world = await World.start()
    browser = await startBrowser(...lens.flags)
    office = await browser.newPage({ locale: 'ru-RU' })
    await setUpAdmin(office, world)
    cards = await planOrders(office, world, 'Берёза', orders)
    ;({ page, complaints } = await openHandheld(browser, world, world.handheld))
    await watchCameras()
    await page.reload()
})
after(async () => {
    await browser?.close()
    await world?.stop()
    if (dir) rmSync(dir, { recursive: true, force: true })
})

test('a camera that the browser forbids is said in words, and can be tried again', async () => {
    await page.getByText('ул. Садовая, 14').waitFor()
    await button('Принять').click()
    await page.getByText('Сканируйте места').waitFor()
    await button('Камера').click()
    await dialog().getByText('Камера запрещена').waitFor()
    assert.deepEqual(await accessibilityFaults(page), [])
    await shot(page, 'camera_denied')
    await page.context().grantPermissions(['camera'])
    await button('Попробовать ещё раз').click()
    await dialog().getByText('Наведите рамку на код').waitFor()
    await button('Закрыть камеру').click()
    await dialog().waitFor({ state: 'detached' })
    assert.equal(await liveCameras(), 0)
})

test('the label of a parcel held before the camera is one scan, and the parcel is taken over', async () => {
    lens.label(await labelOf(cards[0]))
    await button('Камера').click()
    await dialog().getByText('Принято').waitFor()
    await dialog().getByText('A-10001-1').waitFor()
    assert.deepEqual(await accessibilityFaults(page), [])
    await shot(page, 'camera_taken')
    const n = await heardScans()
    await page.waitForFunction(() => new Promise((go) => document.querySelector('video').requestVideoFrameCallback((_, { presentedFrames }) => (window.seen ??= presentedFrames, go(presentedFrames - window.seen > 15)))))
    assert.equal(await heardScans(), n) // it lies there still
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    assert.equal(await liveCameras(), 0)
    assert.equal(await page.getByText('Ещё не принято: 1 место').count(), 1)
    await button('Готово').click()
})

test('from the menu a code that is read opens its stop, and the camera is let go', async () => {
    lens.label(await labelOf(cards[1]))
    await button('Меню').click()
    const keys = await page.locator('[data-key]').evaluateAll((all) => all.map((one) => one.dataset.key))
    assert.deepEqual(keys, [...new Set(keys)], 'each key of the menu does one thing')
    await page.keyboard.press('8')
    await page.getByText('пр. Мира, 101').waitFor()
    await dialog().waitFor({ state: 'detached' })
    assert.equal(await liveCameras(), 0)
    await button('Назад').click()
})

test('a colleague\'s code is heard too; that it is his own is said over the screen where he was', async () => {
    await button('Меню').click()
    await page.getByRole('button', { name: 'Принять от коллеги' }).click()
    const code = page.getByRole('img').locator('svg')
    await code.waitFor()
    lens.show(grayOf(await pixelsOf(code)))
    await button('Камера').click()
    await page.getByText('Это ваш код: отсканируйте код коллеги').waitFor()
    await dialog().waitFor({ state: 'detached' })
    assert.equal(await liveCameras(), 0)
    assert.ok(await code.isVisible())
    await button('Закрыть').click()
    await button('Готово').click()
})

test('a device without a camera says so', async () => {
    const other = await startBrowser()
    try {
        const bare = await openHandheld(other, world, world.handheld)
        await bare.page.context().grantPermissions(['camera'])
        await bare.page.getByRole('button', { name: 'Меню', exact: true }).click()
        await bare.page.getByRole('button', { name: 'English' }).click()
        await bare.page.getByRole('button', { name: 'Camera' }).click()
        await bare.page.getByText('No camera').waitFor()
        await shot(bare.page, 'camera_none_en')
        assert.deepEqual(own(bare.complaints), [])
    } finally {
        await other.close()
    }
})

test('the page never complained', () => assert.deepEqual(own(complaints), []))
