// An order's day in a real browser: entered, planned, carried by a real handheld that is offline in between, delivered,
// and told as a story. The tests go on from one another.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openConsole, setUpAdmin } from './office.mjs'
import { accessibilityFaults } from './page.mjs'
import { eventually } from './world.mjs'

let world, browser, page, complaints, contract, close

const button = (name) => page.getByRole('button', { name })
const card = (number) => page.getByRole('complementary', { name: number })
const text = async (target) => (await target.innerText()).replace(/\s+/g, ' ')
const handheld = (...args) => world.agent(world.handheld, ...args)
const done = (result) => assert.equal(result.status, 0, result.text)

before(async () => {
    ;({ world, browser, page, complaints, contract, close } = await openConsole())
    await setUpAdmin(page, world)
})
after(() => close?.())

async function open(number) {
    await page.goto(world.url + '/orders')
    await page.getByRole('link', { name: number, exact: true }).click()
    await card(number).waitFor()
}

async function enter(recipient, address, codes) {
    await page.goto(world.url + '/orders')
    await page.getByRole('heading', { name: 'Заказы' }).waitFor()
    await page.keyboard.press('n')
    const form = page.getByRole('dialog')
    await form.getByLabel('Отправитель').fill('Лавка')
    await form.getByLabel('Получатель').or(form.getByLabel('Имя')).first().fill(recipient)
    await form.getByLabel('Адрес').first().fill(address)
    for (const code of codes) {
        const fields = form.getByLabel(/Штрихкод/)
        await fields.last().fill(code)
        await fields.last().press('Enter')
    }
    await page.keyboard.press('Control+Enter')
    await form.waitFor({ state: 'detached' })
}

test('a depot is entered, and handhelds know it', async () => {
    await page.goto(world.url + '/sites')
    await page.getByRole('button', { name: /Новый/ }).first().click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Название').fill('Северный')
    await form.getByLabel('Адрес').first().fill('ул. Складская, 1')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Северный').first().waitFor()
})

test('orders are entered by keyboard and scanner, and have numbers and labels', async () => {
    await enter('Ольга Мельник', 'ул. Садовая, 14, кв. 32', ['4600000000015', '4600000000022'])
    await card('A-10001').getByText('Принят').first().waitFor()
    await enter('Пётр Лосев', 'пр. Мира, 101', ['4600000000039'])
    await card('A-10002').waitFor()
    const labels = await page.request.get(await card('A-10002').getByRole('link', { name: 'Этикетки', exact: true }).getAttribute('href').then((href) => world.url + href))
    assert.equal(labels.headers()['content-type'], 'application/pdf')
    assert.equal((await labels.body()).subarray(0, 5).toString(), '%PDF-')
})

test('both are planned for a courier by keyboard, taken back, and planned again', async () => {
    await page.goto(world.url + '/orders')
    await page.getByText('A-10001').first().waitFor()
    const plan = async () => {
        await page.keyboard.press('Control+a')
        await page.keyboard.press('a')
        await page.keyboard.type('Берёза')
        await page.keyboard.press('Enter')
        await page.getByText(/Борис Берёза: назначено 2 заказа/).waitFor()
    }
    await plan()
    await page.getByRole('button', { name: 'Вернуть', exact: true }).click()
    await eventually('nobody has them', async () => !/Берёза/.test(await text(page.getByRole('table'))))
    await plan()
    await eventually('the handheld has both', () => handheld('work').text.match(/A-1000[12] /g)?.length === 2)
    assert.match(handheld('work').text, /ул\. Садовая, 14, кв\. 32/)
})

test('what the courier takes is on its way at once', async () => {
    done(handheld('take', 'A-10001-1', 'A-10001-2', '4600000000039'))
    await open('A-10001')
    await card('A-10001').getByText('Доставляется').first().waitFor()
    await card('A-10001').getByText('у курьера Борис Берёза').first().waitFor()
    assert.notEqual(handheld('take', 'A-10001-1').status, 0)
})

let codes

test('the recipients see the state of their orders, and the code for the courier, by their links', async () => {
    const recipient = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'ru-RU' })
    const codeOf = async (number) => {
        await recipient.goto(world.recipientLink(number))
        await recipient.getByText('Курьер везёт заказ').waitFor()
        const code = (await recipient.locator('#code').innerText()).replace(/\D/g, '')
        assert.match(code, /^\d{6}$/)
        assert.deepEqual(await accessibilityFaults(recipient), [])
        return code
    }
    codes = { first: await codeOf('A-10001'), second: await codeOf('A-10002') }
    await recipient.close()
    assert.doesNotMatch(await text(page.locator('body')), new RegExp(codes.first))
    const without = handheld('deliver', 'A-10001-1')
    assert.match(without.text, /ask the recipient for the code/)
    const wrong = codes.first === '000000' ? '000001' : '000000'
    assert.match(handheld('deliver', 'A-10001-1', '--code', wrong).text, /the code is not right/)
})

test('what he does without a network is told later, with its true time, and a slip is struck through', async () => {
    await world.cut(60)
    await eventually('the line is cut', () => /offline|connecting|соедин/.test(handheld('status').text))
    done(handheld('deliver', 'A-10001-1', '--code', codes.first))
    done(handheld('deliver', '4600000000039', '--code', codes.second))
    done(handheld('undo', '4600000000039'))
    done(handheld('fail', '4600000000039', '--reason', 'no_answer', '--calls', '2'))
    done(handheld('deliver', 'A-10001-2')) // the order's code is known already
    await eventually('all of it waits', () => /waiting for central: [5-9] facts/.test(handheld('status').text))
    assert.match(await text(card('A-10001')), /Доставляется/)
    await world.cut(0)
    await card('A-10001').getByText('Вручён').first().waitFor({ timeout: 60_000 })
    await card('A-10001').getByText('Вручено получателю').first().waitFor()
    await card('A-10001').getByText('код верный').first().waitFor()
    await open('A-10002')
    await card('A-10002').getByText('Не вручён').first().waitFor()
    await card('A-10002').getByText('не отвечает').first().waitFor()
    await card('A-10002').getByText('отменено').first().waitFor()
})

test('in the evening he hands the rest back to the depot', async () => {
    const depots = await page.request.get(world.url + '/api/v1/sites').then((answer) => answer.json())
    done(handheld('return', '4600000000039', '--site', depots.items[0].id.replaceAll('-', '')))
    await card('A-10002').getByText('на складе Северный').first().waitFor()
})

test('the chain of custody of a parcel is a paper and a file, and the file is whole', async () => {
    const own = join(world.dir, 'own.custody')
    done(handheld('export', '--out', own))
    for (const number of ['A-10001', 'A-10002']) {
        await open(number)
        const file = card(number).getByRole('link', { name: 'Цепочка хранения места 1: подписанный файл для проверки' })
        const [download] = await Promise.all([page.waitForEvent('download'), file.click()])
        assert.equal(download.suggestedFilename(), `${number}-1.p7custody`)
        const verified = world.command('verify-custody', await download.path(), '--ca', join(world.dir, 'data/ca/ca.crt'))
        assert.equal(verified.status, 0, verified.stdout + verified.stderr)
        const [end, proof] = number === 'A-10001' ? ['customer', 'proof: code'] : ['depot Северный', 'no_answer']
        assert.match(verified.stdout, new RegExp(`Holder: ${end}`))
        assert.match(verified.stdout, new RegExp(proof))
        const link = card(number).getByRole('link', { name: 'Цепочка хранения места 1: лист для людей, PDF' })
        const more = world.command('verify-custody', await download.path(), '--handheld', own)
        assert.equal(more.status, 0, more.stdout + more.stderr)
        assert.match(more.stdout, /follows link \d+ by \d+ facts? of its handheld's file/)
        assert.doesNotMatch(more.stdout, /since link \d+ not shown/)
        const paper = await link.getAttribute('href')
        const answer = await page.request.get(world.url + paper)
        assert.equal(answer.headers()['content-type'], 'application/pdf')
        assert.match((await answer.body()).subarray(0, 5).toString(), /%PDF-/)
    }
})

test('orders are found by barcode and by status, in the address', async () => {
    await page.goto(world.url + '/orders')
    await page.getByRole('link', { name: 'A-10002', exact: true }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('4600000000015')
    await eventually('one is left', async () => !/A-10002/.test(await text(page.getByRole('table'))))
    assert.match(decodeURIComponent(page.url()), /4600000000015/)
    await page.goto(world.url + '/orders')
    await page.getByRole('button', { name: /Завершены/ }).click()
    await eventually('only the delivered one', async () => {
        const shown = await text(page.getByRole('table'))
        return /A-10001/.test(shown) && !/A-10002/.test(shown)
    })
})

test('both rooms can be read by everybody', async () => {
    for (const scheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: scheme })
        for (const room of ['/orders', '/sites']) {
            await page.goto(world.url + room)
            await page.waitForLoadState('networkidle')
            assert.deepEqual(await accessibilityFaults(page), [], `${room}, ${scheme}`)
        }
    }
})

test('every answer of the API was one that the contract knows', () => assert.deepEqual([...contract.faults], []))
test('the console never complained', () => assert.deepEqual(complaints, []))
