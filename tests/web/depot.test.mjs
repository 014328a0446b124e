// A day on the depot's floor in a real browser: a registry of sixty parcels taken in by a scanner, its act, the hand-out to
// a courier with a real handheld, and what he brings back. The tests go on from one another.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { apiOf, onceKey, openConsole, setUpAdmin } from './office.mjs'
import { accessibilityFaults } from './page.mjs'
import { eventually } from './world.mjs'

let world, page, complaints, contract, close, ask, site, registry, cards, courier

const handheld = (...args) => world.agent(world.handheld, ...args)
const text = async (target) => (await target.innerText()).replace(/\s+/g, ' ')
const answer = () => page.getByRole('region', { name: 'Ответ на последний скан' })
const says = (words) => answer().getByText(words).first().waitFor()
const side = (name) => page.getByRole('region', { name, exact: true })
const picture = process.env.PLUS7_PICTURES
const shot = async (name) => picture && (await page.screenshot({ path: `${picture}/${name}.png` }))

// A scanner's keys come closer together than a busy machine passes single ones through the browser's protocol.
const scan = (...codes) =>
    page.evaluate((all) => {
        for (const key of all.flatMap((code) => [...code, 'Enter']))
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    }, codes)
const codeOf = (order, parcel) => `46000000${String(order * 10 + parcel).padStart(5, '0')}`
const order = (number) => ({
    sender: number % 2 ? 'Лавка' : 'Книжный двор',
    recipient: { name: `Ольга Мельник ${number}` },
    address: { text: `ул. Садовая, ${number + 1}` },
    proof: [],
    parcels: [0, 1, 2].map((parcel) => ({ code: codeOf(number, parcel) })),
})
const figures = async () => text(page.locator('dl').first())

// The partner's file of sixty parcels, and the cards of the orders that it makes.
async function importRegistry() {
    const rows = Array.from({ length: 20 }, (_, number) => order(number)).flatMap((one, number) =>
        one.parcels.map(({ code }) => [`Л-${number}`, one.recipient.name, one.address.text, code].join(';')),
    )
    const file = ['Номер заказа;Получатель;Адрес;Штрихкод', ...rows].join('\r\n')
    const whose = new URLSearchParams({ sender: 'Лавка', site, outer_number: 'П-1' })
    const { id } = await ask('POST', `/api/v1/registries?${whose}`, file, { ...onceKey(), 'Content-Type': 'text/csv' })
    await eventually('the file is read', async () => (await ask('GET', `/api/v1/registries/${id}`)).import.state === 'done')
    const { items } = await ask('GET', '/api/v1/orders?limit=100')
    items.sort((one, other) => one.number.localeCompare(other.number))
    cards = []
    for (const item of items) cards.push(await ask('GET', `/api/v1/orders/${item.id}`))
    return id
}

async function pdfText(href) {
    const pdf = await page.request.get(world.url + href)
    assert.equal(pdf.headers()['content-type'], 'application/pdf')
    if (picture) writeFileSync(`${picture}/${href.split('/').at(-1)}.pdf`, await pdf.body())
    const shown = spawnSync('pdftotext', ['-layout', '-', '-'], { input: await pdf.body() })
    assert.equal(shown.status, 0, String(shown.stderr))
    return String(shown.stdout).replace(/\s+/g, ' ')
}

before(async () => {
    ;({ world, page, complaints, contract, close } = await openConsole())
    await page.setViewportSize({ width: 1280, height: 800 })
    await setUpAdmin(page, world)
    ask = apiOf(page, world)
    site = (await ask('POST', '/api/v1/sites', { kind: 'depot', name: 'Северный', address: 'ул. Складская, 1' }, onceKey())).id
    registry = await importRegistry()
    await ask('POST', '/api/v1/orders', order(77), onceKey())
    courier = (await ask('GET', `/api/v1/couriers?q=${encodeURIComponent('Берёза')}`)).items[0].id
    await ask('POST', '/api/v1/orders/plan', { orders: cards.slice(0, 4).map((card) => card.order.id), courier })
})
after(() => close?.())

test('the floor begins with the only depot and its open registries', async () => {
    await page.goto(world.url + '/depot')
    await page.getByRole('button', { name: /R-101/ }).click()
    await side('Не пришло').getByText('A-10001-1').waitFor()
    assert.match(await figures(), /Принято 0 Ждали 60 Не пришло 60 Лишние 0 Повреждено 0/)
    assert.equal(await page.evaluate(() => document.activeElement?.hasAttribute('data-scan')), true)
})

test('fifty-nine parcels are taken in as fast as a scanner reads them, by whatever code is on them', async () => {
    const all = cards.flatMap((card, number) => card.parcels.map((parcel, at) => (at === 1 ? parcel.codes[0] : codeOf(number, at))))
    await scan(...all.slice(0, 1))
    await says('Принято')
    assert.match(await text(answer()), /A-10001 · место 1 из 3.*Повезёт/)
    await shot('intake_good')
    await scan(...all.slice(1, 59))
    await eventually('all are in', async () => /Принято 59 Ждали 60 Не пришло 1 /.test(await figures()))
    assert.match(await text(side('Не пришло')), /A-10020-3/)
})

test('the same code at once counts once and says so; later it is here already', async () => {
    await scan('Ф-10002-1', 'A-10002-1') // the second under another keyboard layout
    await says('уже считано')
    await says('Уже на складе')
})

test('what nobody expected is amber, and goes into the act: a parcel of no registry, and a code of nobody', async () => {
    await scan(codeOf(77, 0))
    await says('Принято, но в реестре нет')
    await scan('QQ-77')
    await says('Не наш код')
    await shot('intake_unknown')
    await page.keyboard.press('Control+z')
    await says('Снято: QQ-77')
    await eventually('one is left', async () => /Лишние 1 /.test(await figures()))
    await scan('QQ-77')
    await eventually('two again', async () => /Лишние 2 /.test(await figures()))
    assert.match(await text(side('Лишние и повреждённые')), /QQ-77 код не наш/)
})

test('a damage is noted by keyboard on the last scan, and taken back beside it', async () => {
    await scan('A-10005-1')
    await says('Уже на складе')
    await page.keyboard.press('F2')
    await page.getByRole('dialog').getByRole('textbox').fill('порван угол')
    await page.keyboard.press('Enter')
    await eventually('it counts', async () => /Повреждено 1/.test(await figures()))
    await page.getByRole('button', { name: 'Снять отметку о повреждении A-10005-1' }).click()
    await eventually('it does not', async () => /Повреждено 0/.test(await figures()))
    await page.keyboard.press('F2')
    await page.getByRole('dialog').getByRole('textbox').fill('порван угол')
    await page.keyboard.press('Enter')
    await eventually('it counts again', async () => /Повреждено 1/.test(await figures()))
    await page.goto(world.url + '/orders?q=A-10005')
    await page.getByRole('link', { name: 'A-10005', exact: true }).click()
    await page.getByText('порван угол').first().waitFor()
    await page.goBack()
})

test('four kilobytes of nonsense, and blanks, are no code', async () => {
    await page.goto(`${world.url}/depot?registry=${registry}`)
    await side('Не пришло').getByText('A-10020-3').waitFor()
    await page.locator('[data-scan]').fill('7'.repeat(4096))
    await page.keyboard.press('Enter')
    await says('слишком длинно')
    assert.doesNotMatch(await text(answer()), /Повезёт/)
    await shot('intake_refused')
    await page.locator('[data-scan]').fill('   ')
    await page.keyboard.press('Enter')
    assert.equal(await page.locator('[data-scan]').inputValue(), '')
})

test('the registry is closed, and its act says what was expected, extra and damaged', async () => {
    await page.getByRole('button', { name: 'Закрыть реестр' }).click()
    await page.getByRole('dialog').getByText('Принято 59 из 60, не пришло 1, лишних 2, повреждено 1.').waitFor()
    await shot('intake_closing')
    await page.getByRole('dialog').getByRole('button', { name: 'Закрыть реестр' }).click()
    await page.getByText(/Реестр закрыт .* Акт остаётся/).waitFor()
    const act = await pdfText(await page.getByRole('link', { name: 'Акт' }).getAttribute('href'))
    for (const part of ['R-101', 'Северный', 'A-10020-3', 'QQ-77', codeOf(77, 0), 'порван угол', 'Анна Проверкина'])
        assert.ok(act.includes(part), `${part}: ${act}`)
    await scan(codeOf(19, 2))
    await says('Реестр закрыт: выберите другой')
})

test('a dispatcher opens it again with a reason', async () => {
    await page.getByRole('button', { name: 'Открыть снова' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('нашли в машине')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Закрыть реестр' }).waitFor()
    await scan(codeOf(19, 2))
    await eventually('all are here', async () => /Принято 60 Ждали 60 Не пришло 0 /.test(await figures()))
    await says('Принято')
})

test('a code of two senders asks which parcel it is; Enter takes the first', async () => {
    const twin = (number) => ({ ...order(number), parcels: [{ code: 'SAME-1' }] })
    for (const number of [80, 81]) await ask('POST', '/api/v1/orders', twin(number), onceKey())
    await page.goto(world.url + '/depot')
    await page.getByRole('heading', { name: 'Открытые реестры' }).waitFor()
    await scan('SAME-1')
    await says('Код у нескольких мест: какое это?')
    await answer().getByRole('button', { name: /Лавка/ }).waitFor()
    await shot('intake_which')
    await page.keyboard.press('Enter')
    await says('Принято')
})

test('without an answer from central a scan can be sent again, and is told once', async () => {
    await page.route('**/intake/scan', async (route) => {
        await route.fetch() // central took it, and the answer was lost
        await route.abort()
    })
    await scan(codeOf(77, 1))
    await says('Центр не отвечает')
    await page.unroute('**/intake/scan')
    await answer().getByRole('button').click()
    await says('Принято')
    complaints.splice(0, complaints.length, ...complaints.filter((line) => !/ERR_FAILED/.test(line)))
    const { items } = await ask('GET', `/api/v1/orders?q=${codeOf(77, 1)}`)
    const card = await ask('GET', `/api/v1/orders/${items[0].id}`)
    assert.equal(card.story.filter((line) => line.type === 'parcel.handover' && line.parcel === 2).length, 1)
})

test('what is planned for the courier is handed out to him; what is not, when Enter says yes', async () => {
    await page.keyboard.press('Alt+2')
    await page.getByRole('button', { name: /Борис Берёза.*ждут 12/ }).waitFor()
    await shot('handout_choice')
    await page.keyboard.type('Берёза')
    await page.keyboard.press('Enter')
    await side('Ждут выдачи').getByText('A-10001-1').waitFor()
    await scan(...[0, 1, 2].flatMap((number) => [0, 1, 2].map((parcel) => codeOf(number, parcel))))
    await eventually('nine are his', async () => /У курьера 9 Ждут выдачи 3 /.test(await figures()))
    await scan(codeOf(10, 0))
    await says('Никому не назначено. Всё равно выдать?')
    await shot('handout_question')
    await page.keyboard.press('Enter')
    await eventually('ten are his', async () => /У курьера 10 Ждут выдачи 3 /.test(await figures()))
    await eventually('his handheld has them', () => /A-10011/.test(handheld('work').text))
})

test('what he scanned himself and the depot scans too is one handover', async () => {
    const taken = handheld('take', codeOf(3, 0))
    assert.equal(taken.status, 0, taken.text)
    await eventually('central knows', async () => {
        const card = await ask('GET', `/api/v1/orders/${cards[3].order.id}`)
        return card.parcels[0].holder.kind === 'courier'
    })
    await scan(codeOf(3, 0))
    await says('Выдано, курьер тоже отсканировал')
    await scan('A-10004-1')
    await says('Уже выдано этому курьеру')
    const card = await ask('GET', `/api/v1/orders/${cards[3].order.id}`)
    assert.equal(card.parcels[0].missing, 0)
    await shot('handout_done')
    const list = await pdfText(await page.getByRole('link', { name: 'Лист выдачи' }).getAttribute('href'))
    for (const part of ['Борис Берёза', 'A-10001', 'ул. Садовая, 1', codeOf(0, 0)]) assert.ok(list.includes(part), `${part}: ${list}`)
})

test('in the evening the depot counts what he brings back, and writes down why the rest is missing', async () => {
    await page.keyboard.press('Alt+3')
    await page.getByRole('button', { name: /Борис Берёза.*на руках 11/ }).click()
    await side('Ещё у него').getByText('A-10001-1').waitFor()
    await scan(codeOf(0, 0), codeOf(0, 1), codeOf(10, 0))
    await eventually('three are back', async () => /Вернул 3 Ещё у него 8/.test(await figures()))
    await scan(codeOf(12, 1))
    await says('Уже на складе')
    await shot('return')
    await page.getByRole('button', { name: 'Закончить подсчёт' }).click()
    await page.getByText('Не хватает 8 мест').waitFor()
    await page.getByRole('dialog').getByRole('textbox').fill('оставил в машине')
    await page.keyboard.press('Enter')
    const row = page.getByRole('row', { name: /Борис Берёза/ })
    await row.getByText('оставил в машине').waitFor()
    assert.match(await text(row), /11 3 8/)
    await row.getByRole('button', { name: '8' }).click()
    await page.getByText('A-10004-1').waitFor()
    await shot('return_counts')
})

test('all three modes can be read by everybody, in both themes', async () => {
    for (const scheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: scheme })
        for (const query of [`?registry=${registry}`, `?mode=handout&courier=${courier}`, '?mode=return']) {
            await page.goto(`${world.url}/depot${query}`)
            await page.waitForLoadState('networkidle')
            assert.deepEqual(await accessibilityFaults(page), [], `${query}, ${scheme}`)
            await shot(`all_${scheme}_${query.replace(/\W/g, '_').slice(0, 20)}`)
        }
    }
})

test('it speaks English too', async () => {
    await page.evaluate(() => localStorage.setItem('plus7.prefs', JSON.stringify({ lang: 'en' })))
    await page.goto(`${world.url}/depot?registry=${registry}`)
    await page.getByText('Everything has come').waitFor()
    assert.match(await text(page.getByRole('navigation', { name: 'What to do' })), /Intake.*Hand-out.*Return/)
    await shot('english')
})
test('every answer of the API was one that the contract knows', () => assert.deepEqual([...contract.faults], []))
test('the console never complained', () => assert.deepEqual(complaints, []))
