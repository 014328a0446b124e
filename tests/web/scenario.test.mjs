// The whole day that custody is for, on real processes: the depot takes a partner's registry in and hands it out; a
// courier signs in, works without a network through every kind of handing over, a power cut and a pickup point; in the
// evening the count agrees, and the office reads each act with its true time, place and proof. The tests go on from one
// another.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openHandheld, own, scan, shot } from './handheld.mjs'
import { apiOf, hireCourier, onceKey, openConsole, setUpAdmin } from './office.mjs'
import { qrOf } from './page.mjs'
import { eventually } from './world.mjs'

const sample = readFileSync(fileURLToPath(new URL('../data/registries/knizhny-dvor.csv', import.meta.url)), 'utf8')
// His stops by the partner's numbers; "phone" is the order that the dispatcher enters.
const his = ['KD-5003', 'KD-5005', 'KD-5007', 'KD-5001', 'KD-5012', 'KD-5015']
const [signed, cashed, failed, given, collected, shelved] = his
const colleagues = 'KD-5020'

let office, world, browser, desk, ask, depot, point, badge, pin, proofCode, wentOffline
let courier, colleague, clerk
const cards = new Map() // by the partner's number

const button = (on, name) => on.getByRole('button', { name })
const text = async (target) => (await target.innerText()).replace(/\s+/g, ' ')
const floorSays = (words) => desk.getByRole('region', { name: 'Ответ на последний скан' }).getByText(words).first().waitFor()
const figures = async () => text(desk.locator('dl').first())
const codesOf = (ref) => cards.get(ref).parcels.map((parcel) => parcel.codes[0])
const numberOf = (ref) => cards.get(ref).order.number
const orderOf = (ref) => ask('GET', `/api/v1/orders/${cards.get(ref).order.id}`)
const statusOf = async (ref) => (await orderOf(ref)).order.status
const openStop = (on, ref) => on.getByText(cards.get(ref).order.address.text).first().click()
const onList = (on) => button(on, 'Готово').or(button(on, 'Дальше')).first().click()

// What the recipient reads on his page: no one of the staff can.
async function codeOf(ref) {
    const page = await browser.newPage({ locale: 'ru-RU' })
    await page.goto(world.recipientLink(numberOf(ref)))
    const code = (await page.locator('#code').innerText()).replace(/\D/g, '')
    await page.close()
    return code
}

async function sign(page) {
    const box = await page.locator('canvas').boundingBox()
    await page.mouse.move(box.x + 40, box.y + 60)
    await page.mouse.down()
    for (let i = 0; i < 20; ++i) await page.mouse.move(box.x + 40 + i * 15, box.y + 60 + (i % 5) * 20)
    await page.mouse.up()
}

const photograph = async (page) =>
    page.locator('input[type=file]').setInputFiles({ name: 'door.png', mimeType: 'image/png', buffer: await page.screenshot() })

async function importSample() {
    const whose = new URLSearchParams({ sender: 'Книжный двор', site: depot.id, outer_number: 'П-17' })
    const { id } = await ask('POST', `/api/v1/registries?${whose}`, sample, { ...onceKey(), 'Content-Type': 'text/csv' })
    await eventually('the file is read', async () => (await ask('GET', `/api/v1/registries/${id}`)).import.state === 'done')
    const { items } = await ask('GET', '/api/v1/orders?limit=100')
    for (const item of items) {
        const card = await ask('GET', `/api/v1/orders/${item.id}`)
        cards.set(card.order.outer_ref, card)
    }
}

async function toPoint(ref) {
    const { order } = cards.get(ref)
    await ask('PATCH', `/api/v1/orders/${order.id}`, { point: point.id }, { 'If-Match': order.etag })
    cards.set(ref, await orderOf(ref))
}

async function giveBadge() {
    await desk.goto(world.url + '/')
    await desk.getByText(/Берёза/).first().click()
    const card = desk.getByRole('region', { name: /Борис Берёза/ })
    await card.getByRole('button', { name: 'Бейдж и ПИН' }).click()
    const dialog = desk.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Выдать бейдж и ПИН' }).click()
    await dialog.getByText('Показываем один раз').waitFor()
    badge = await qrOf(dialog)
    pin = await text(dialog.getByRole('status', { name: 'ПИН' }))
    await dialog.getByRole('button', { name: 'Записал' }).click()
}

before(async () => {
    office = await openConsole()
    ;({ world, browser, page: desk } = office)
    await setUpAdmin(desk, world)
    ask = apiOf(desk, world)
    await world.receive()
    assert.equal(world.agent(world.handheld, 'shift', 'end').status, 0)
    depot = await ask('POST', '/api/v1/sites', { kind: 'depot', name: 'Северный', address: 'ул. Складская, 1' })
    point = await ask('POST', '/api/v1/sites', { kind: 'point', name: 'На Новой', address: 'ул. Новая, 5' })
    await importSample()
    for (const ref of [collected, shelved]) await toPoint(ref)
    const hire = async (name, code) => openHandheld(browser, world, await hireCourier(desk, world, name, code))
    colleague = await hire('Сергей Колосов', 'C-200')
    clerk = await hire('Лидия Рощина', 'C-300')
    const { items } = await ask('GET', `/api/v1/couriers?q=${encodeURIComponent('Рощина')}`)
    await ask('PATCH', `/api/v1/couriers/${items[0].id}`, { site: point.id }, { 'If-Match': items[0].etag })
    await giveBadge()
    courier = await openHandheld(browser, world, world.handheld)
})
after(() => office?.close())

test('the dispatcher enters an order that came by telephone', async () => {
    await desk.goto(world.url + '/orders')
    await desk.getByRole('heading', { name: 'Заказы' }).waitFor()
    await desk.keyboard.press('n')
    const form = desk.getByRole('dialog')
    await form.getByLabel('Отправитель').fill('Лавка')
    await form.getByLabel('Получатель').or(form.getByLabel('Имя')).first().fill('Ольга Мельник')
    await form.getByLabel('Адрес').first().fill('ул. Садовая, 14, кв. 32')
    await form.getByLabel(/Штрихкод/).last().fill('4600000000015')
    await desk.keyboard.press('Control+Enter')
    await form.waitFor({ state: 'detached' })
    const { items } = await ask('GET', '/api/v1/orders?q=4600000000015')
    cards.set('phone', await ask('GET', `/api/v1/orders/${items[0].id}`))
    assert.deepEqual(cards.get('phone').order.proof, ['code'])
})

test('he assigns the routes on the board', async () => {
    await desk.goto(world.url + '/board')
    const column = (name) => desk.getByRole('region', { name, exact: true })
    const assign = async (name, refs) => {
        for (const ref of refs) {
            await desk.getByRole('option', { name: new RegExp(numberOf(ref)) }).focus()
            await desk.keyboard.press('Space')
        }
        await desk.keyboard.press('m')
        await desk.keyboard.type(name)
        await desk.keyboard.press('Enter')
        for (const ref of refs) await column(name).getByText(numberOf(ref)).waitFor()
        await desk.keyboard.press('Escape')
    }
    await assign('Борис Берёза', ['phone', ...his])
    await assign('Сергей Колосов', [colleagues])
})

test('sixty parcels come: one is missing, one is extra, one is damaged, and the act says so', async () => {
    await desk.goto(world.url + '/depot')
    await button(desk, /R-101/).click()
    await desk.getByRole('region', { name: 'Не пришло', exact: true }).waitFor()
    const missing = codesOf('KD-5054')[0]
    const came = [...cards.keys()].filter((ref) => ref !== 'phone').flatMap(codesOf).filter((code) => code !== missing)
    assert.equal(came.length, 59)
    for (const code of [...came, ...codesOf('phone')]) await scan(desk, code)
    await eventually('all are in', async () => /Принято 59 Ждали 60 Не пришло 1 Лишние 1 /.test(await figures()))
    await scan(desk, codesOf('KD-5050')[0])
    await floorSays('Уже на складе')
    await desk.keyboard.press('F2')
    await desk.getByRole('dialog').getByRole('textbox').fill('порван угол')
    await desk.keyboard.press('Enter')
    await eventually('the damage counts', async () => /Повреждено 1/.test(await figures()))
    await button(desk, 'Закрыть реестр').click()
    await desk.getByRole('dialog').getByText('Принято 59 из 60, не пришло 1, лишних 1, повреждено 1.').waitFor()
    await desk.getByRole('dialog').getByRole('button', { name: 'Закрыть реестр' }).click()
    await desk.getByText(/Реестр закрыт/).waitFor()
})

test('the courier signs in by the badge that he was given, and his PIN', async () => {
    const { page } = courier
    await page.getByText('Отсканируйте свой бейдж').waitFor()
    await scan(page, badge)
    await page.getByText('ПИН курьера D-01').waitFor()
    for (const digit of pin) await button(page, digit).last().click()
    await button(page, 'Начать смену').click()
    await page.getByText('ул. Садовая, 14, кв. 32').waitFor()
    for (const other of [colleague, clerk]) await button(other.page, 'Начать смену').click()
})

test('the depot hands out by scan, and the courier checks that he has all of it', async () => {
    await desk.keyboard.press('Alt+2')
    const handOut = async (name, refs) => {
        await button(desk, new RegExp(name)).click()
        await desk.getByRole('region', { name: 'Ждут выдачи', exact: true }).waitFor()
        for (const code of refs.flatMap(codesOf)) await scan(desk, code)
        await eventually('all is handed out', async () => /Ждут выдачи 0 /.test(await figures()))
    }
    await handOut('Борис Берёза', ['phone', ...his])
    await courier.page.getByText('7', { exact: true }).first().waitFor() // on board
    await button(courier.page, 'Принять').click()
    await courier.page.getByText('Всё по списку принято').waitFor()
    await scan(courier.page, codesOf(given)[0])
    await courier.page.getByText('Уже у вас').waitFor()
    await button(courier.page, 'Готово').click()
    await desk.goto(world.url + '/depot?mode=handout')
    await handOut('Сергей Колосов', [colleagues])
    await colleague.page.getByText(cards.get(colleagues).order.address.text).waitFor()
})

test('the network goes, and he delivers: by code, by signature, and by photo with cash', async () => {
    const { page } = courier
    const codes = {}
    for (const ref of ['phone', given, collected]) codes[ref] = await codeOf(ref)
    await world.cut(1200)
    wentOffline = Date.now()

    await openStop(page, 'phone')
    await button(page, /Вручить 1 место/).click()
    await page.getByText('Код получателя').first().waitFor()
    for (const digit of codes.phone) await button(page, digit).last().click()
    await button(page, /Дальше|Вручить/).last().click()
    await page.getByText('Вручено 1 место').waitFor()
    await onList(page)

    await openStop(page, signed)
    await button(page, 'Не вручено').click()
    await page.getByText('отказался').click()
    await button(page, /Сохранить/).click()
    await page.getByText('Не вручено: отказался').waitFor()
    await button(page, /Отменить/).first().click() // a slip: he does not refuse at all
    await page.getByText('Отменено').first().waitFor()
    await shot(page, 'day_undone')
    await button(page, 'Закрыть').click()
    await openStop(page, signed)
    await button(page, /Вручить 1 место/).click()
    await sign(page)
    await button(page, /Вручить 1 место/).click()
    await page.getByText('Вручено 1 место').waitFor()
    await onList(page)

    await openStop(page, cashed)
    await button(page, /Взять 540/).click()
    await page.getByRole('radio', { name: 'наличными' }).click()
    await button(page, 'Деньги взяты').click()
    await page.getByText('Сохранено').first().waitFor()
    await onList(page)
    await button(page, /Вручить 1 место/).click()
    await photograph(page)
    await button(page, /Вручить 1 место/).click()
    await page.getByText('Вручено 1 место').waitFor()
    await onList(page)
    proofCode = codes
})

test('between two stops the power fails, and nothing that was saved is gone', async () => {
    await world.killAgent()
    await courier.page.close()
    courier = await openHandheld(browser, world, world.handheld)
    const { page } = courier
    await page.getByText(cards.get(failed).order.address.text).waitFor()
    await page.getByText(/не отправлен/).first().waitFor()
    await shot(page, 'day_after_power')
    await openStop(page, failed)
    await button(page, 'Не вручено').click()
    await page.getByText('повреждено').click()
    await photograph(page)
    await button(page, /Сохранить/).click()
    await page.getByText('Не вручено: повреждено').waitFor()
    await onList(page)
})

test('he meets a colleague: gives one, and takes one', async () => {
    const pass = async (giver, taker, ref) => {
        await button(taker.page, 'Меню').click()
        await button(taker.page, 'Принять от коллеги').click()
        await taker.page.getByRole('img').locator('svg').waitFor()
        await button(giver.page, 'Меню').click()
        await button(giver.page, 'Передать коллеге').click()
        await scan(giver.page, await qrOf(taker.page))
        await giver.page.getByRole('checkbox').filter({ hasText: numberOf(ref) }).click()
        await button(giver.page, /Передать 1 заказ/).click()
        await giver.page.getByRole('img').locator('svg').waitFor()
        await scan(taker.page, await qrOf(giver.page))
        await taker.page.getByText(/Принято от/).waitFor()
        await button(taker.page, 'Закрыть').click()
        for (const { page } of [giver, taker]) await button(page, 'Готово').click()
    }
    await pass(courier, colleague, given)
    await pass(colleague, courier, colleagues)
    await openStop(courier.page, colleagues)
    await button(courier.page, /Вручить 1 место/).waitFor()
    await button(courier.page, 'Назад').click()
})

test('two he leaves at the pickup point, whose clerk gives one out by its code', async () => {
    for (const ref of [collected, shelved]) {
        await openStop(courier.page, ref)
        await button(courier.page, 'Оставить в пункте: На Новой').click()
        await courier.page.getByText('Сдано 1 место').waitFor()
        await onList(courier.page)
    }
    const { page } = clerk
    await button(page, 'Принять').click()
    for (const ref of [collected, shelved]) {
        await scan(page, codesOf(ref)[0])
        await page.getByText('Принято', { exact: true }).first().waitFor()
    }
    await button(page, 'Готово').click()
    await shot(page, 'day_point')
    await page.getByText(cards.get(collected).order.recipient.name).first().click()
    await button(page, /Вручить 1 место/).click()
    for (const digit of proofCode[collected]) await button(page, digit).last().click()
    await button(page, /Дальше|Вручить/).last().click()
    await page.getByText('Вручено 1 место').waitFor()
    await onList(page)
})

test('in the evening he hands two back, and the count of the depot agrees', async () => {
    const { page } = courier
    await button(page, 'Сдать').click()
    await page.getByText('Северный').first().click()
    await button(page, /Сдать 2 места/).click()
    await page.getByText('Сдано 2 места').waitFor()
    await onList(page)
    await desk.goto(world.url + '/depot?mode=return')
    await button(desk, /Борис Берёза/).click()
    await scan(desk, codesOf(failed)[0])
    await floorSays('Возвращено')
    await scan(desk, codesOf(colleagues)[0]) // central has not heard yet that a colleague gave it to him
    await floorSays('Числится за другим: Сергей Колосов. Всё равно принять?')
    await desk.keyboard.press('Enter')
    await eventually('two are back', async () => /Вернул 2 /.test(await figures()))
    await button(page, 'Меню').click()
    await button(page, 'Закончить смену').click()
    await button(page, /Закончить смену|Всё равно/).last().click()
    await page.getByText(/Смена окончена|Отсканируйте свой бейдж/).first().waitFor()
})

test('with the network again the office reads each act as it happened', async () => {
    const cameBack = Date.now()
    await world.cut(0)
    const ends = { phone: 'delivered', [signed]: 'delivered', [cashed]: 'delivered', [collected]: 'delivered', [shelved]: 'arrived_at_point', [failed]: 'assigned', [colleagues]: 'assigned', [given]: 'out_for_delivery' }
    for (const [ref, status] of Object.entries(ends)) await eventually(`${ref} is ${status}`, async () => (await statusOf(ref)) === status, 60_000)
    const holderOf = async (ref) => (await orderOf(ref)).parcels[0].holder.name
    await eventually('the colleague has what he was given', async () => (await holderOf(given)) === 'Сергей Колосов', 60_000)
    const told = Object.fromEntries(await Promise.all(Object.keys(ends).map(async (ref) => [ref, await orderOf(ref)])))
    const proofs = (ref) => told[ref].story.filter(({ to }) => to?.kind === 'customer').map((line) => line.proofs.join())
    assert.deepEqual(['phone', signed, cashed, collected].map(proofs), [['code'], ['signature'], ['photo'], ['code']])
    assert.deepEqual(told[signed].story.filter((line) => line.reason === 'refused').map((line) => line.undone), [true])
    for (const { story, parcels } of Object.values(told)) {
        for (const parcel of parcels) assert.equal(parcel.missing, 0)
        assert.deepEqual(story.filter((line) => line.doubt), [])
    }
    for (const ref of ['phone', signed, cashed]) {
        const [line] = told[ref].story.filter(({ to }) => to?.kind === 'customer')
        assert.ok(line.at_ms >= wentOffline - 1000 && line.at_ms <= cameBack, 'its true time')
        assert.ok(line.received_ms >= cameBack - 1000, 'it came later')
        assert.ok(line.where, 'its place')
        assert.equal(line.trust, 'gps')
    }
})

test('the count of the evening closes without a difference, and the order tells its story', async () => {
    await desk.goto(world.url + '/depot?mode=return')
    await button(desk, /Борис Берёза/).click()
    await button(desk, 'Закончить подсчёт').click()
    await desk.getByText('Борис Берёза: вернул 2 из 2').waitFor()
    await desk.goto(world.url + `/orders?q=${numberOf(signed)}`)
    await desk.getByRole('link', { name: numberOf(signed), exact: true }).click()
    await desk.getByText('Подпись').first().waitFor()
})

test('the custody file of a parcel is whole on another machine, where a changed byte is found', async () => {
    const machine = mkdtempSync(join(tmpdir(), 'plus7-elsewhere-'))
    try {
        const file = join(machine, 'parcel.p7custody')
        const parcel = cards.get(signed).parcels[0].id
        const bytes = await (await desk.request.get(`${world.url}/api/v1/parcels/${parcel}/custody.p7custody`)).body()
        writeFileSync(file, bytes)
        writeFileSync(join(machine, 'ca.crt'), readFileSync(join(world.dir, 'data/ca/ca.crt')))
        const verify = () => world.command('verify-custody', file, '--ca', join(machine, 'ca.crt'))
        const whole = verify()
        assert.equal(whole.status, 0, whole.stdout)
        assert.match(whole.stdout, /Whole: every link fits/)
        bytes[bytes.lastIndexOf('parcel.handover')] ^= 1
        writeFileSync(file, bytes)
        const changed = verify()
        assert.equal(changed.status, 1)
        assert.match(changed.stdout, /link \d+ was changed/)
    } finally {
        rmSync(machine, { recursive: true })
    }
})

test('no page ever complained, and every answer of the API was one that the contract knows', () => {
    assert.deepEqual(own([...office.complaints, ...courier.complaints, ...colleague.complaints, ...clerk.complaints]), [])
    assert.deepEqual([...office.contract.faults], [])
})
