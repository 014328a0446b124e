// Between two depots in a real browser: parcels are sorted, packed into a bag, sent with a carrier, and unloaded at the
// other end with what is missing and what is too much. The tests go on from one another.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { apiOf, onceKey, openConsole, setUpAdmin } from './office.mjs'
import { accessibilityFaults } from './page.mjs'
import { eventually } from './world.mjs'

let world, page, complaints, contract, close, ask, north, south, courier, bagUrl, tripUrl

const text = async (target) => (await target.innerText()).replace(/\s+/g, ' ')
const answer = () => page.getByRole('region', { name: 'Ответ на последний скан' })
const says = (words) => answer().getByText(words).first().waitFor()
const side = (name) => page.getByRole('region', { name, exact: true })
const figures = async () => text(page.locator('dl').first())
const dialog = () => page.getByRole('dialog')
const picture = process.env.PLUS7_PICTURES
const shot = async (name) => picture && (await page.screenshot({ path: `${picture}/${name}.png` }))

// A scanner's keys come closer together than a busy machine passes single ones through the browser's protocol.
const scan = (...codes) =>
    page.evaluate((all) => {
        for (const key of all.flatMap((code) => [...code, 'Enter']))
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    }, codes)

async function pdfText(link) {
    const href = await page.getByRole('link', { name: link, exact: true }).getAttribute('href')
    const pdf = await page.request.get(world.url + href)
    assert.equal(pdf.headers()['content-type'], 'application/pdf')
    if (picture) writeFileSync(`${picture}/${href.split('/').slice(-3).join('_')}.pdf`, await pdf.body())
    const shown = spawnSync('pdftotext', ['-layout', '-', '-'], { input: await pdf.body() })
    assert.equal(shown.status, 0, String(shown.stderr))
    return String(shown.stdout).replace(/\s+/g, ' ')
}
const has = (paper, ...parts) => parts.forEach((part) => assert.ok(paper.includes(part), `${part}: ${paper}`))
const workAt = async (depot) => page.getByRole('combobox', { name: 'Какой склад?' }).selectOption({ label: depot })

before(async () => {
    ;({ world, page, complaints, contract, close } = await openConsole())
    await page.setViewportSize({ width: 1440, height: 900 })
    await setUpAdmin(page, world)
    ask = apiOf(page, world)
    const depot = async (name, lat) => (await ask('POST', '/api/v1/sites', { kind: 'depot', name, address: 'ул. Складская, 1', place: { lat, lon: 37.6 } }, onceKey())).id
    north = await depot('Северный', 55.9)
    south = await depot('Южный', 55.4)
    courier = (await ask('GET', `/api/v1/couriers?q=${encodeURIComponent('Берёза')}`)).items[0].id
    const cards = []
    for (let number = 0; number < 6; ++number)
        cards.push(
            await ask('POST', '/api/v1/orders', {
                sender: 'Лавка',
                recipient: { name: `Ольга Мельник ${number}` },
                address: { text: `ул. Южная, ${number + 1}` },
                place: { lat: number < 4 ? 55.41 : 55.9, lon: 37.6 },
                proof: [],
                parcels: [{ code: `4600${number}` }],
            }),
        )
    await ask('POST', '/api/v1/orders/plan', { orders: [cards[4].order.id], courier })
    for (let number = 0; number < 6; ++number) await ask('POST', `/api/v1/depots/${north}/intake/scan`, { code: `4600${number}`, registry: null })
})
after(() => close?.())

test('a sorting scan says which way a parcel goes, and in which cell that stands', async () => {
    await page.goto(`${world.url}/depot?mode=sort`)
    await page.getByRole('button', { name: 'Северный' }).click()
    await side('По направлениям').getByText('Южный').waitFor()
    await page.getByRole('button', { name: 'ячейка: Южный' }).click()
    await dialog().getByRole('textbox').fill('Ю-1')
    await page.keyboard.press('Enter')
    await side('По направлениям').getByText('Ю-1').waitFor()
    await scan('46000')
    await says('Сюда: Южный')
    assert.match(await text(answer()), /Ячейка Ю-1 Южный/)
    await shot('sort_good')
    await scan('46004')
    await says(/Сюда: .*Берёза/)
    await scan('46005')
    await says('Никому не назначено: отложите')
    await scan('nothing')
    await says('Такого кода нет')
    await eventually('three are sorted', async () => /На складе 6 Разложено 3 Осталось 3/.test(await figures()))
    await shot('sort')
})

test('a bag is opened for the other depot; what goes elsewhere is asked about or stays out', async () => {
    await page.keyboard.press('Alt+5')
    await page.getByText('Мешков на складе нет').waitFor()
    await shot('bags_none')
    await page.getByRole('button', { name: 'Новый мешок' }).click()
    await dialog().getByRole('combobox').selectOption({ label: 'Южный' })
    await shot('bag_form')
    await dialog().getByRole('button', { name: 'Завести мешок' }).click()
    await page.getByRole('heading', { name: /BAG-10001/ }).waitFor()
    bagUrl = page.url()
    await scan('46000', '46001')
    await eventually('two are in it', async () => /В мешке 2/.test(await figures()))
    await scan('46000')
    await says('Уже в этом мешке')
    await scan('46004')
    await says(/По плану не сюда: .*Берёза/)
    await shot('bag_question')
    await page.getByRole('button', { name: 'Вынуть A-10002-1' }).click()
    await eventually('one is in it', async () => /В мешке 1/.test(await figures()))
    await scan('46001')
    await eventually('two again', async () => /В мешке 2/.test(await figures()))
})

test('it is closed with a seal, opened again with a reason, and has a label and a list', async () => {
    await page.getByRole('button', { name: 'Закрыть мешок' }).click()
    await dialog().getByLabel('Номер пломбы').fill('П-77')
    await page.keyboard.press('Enter')
    await page.getByText('закрыт, пломба П-77').waitFor()
    await scan('46002')
    await says('Мешок закрыт: сначала откройте')
    await page.getByRole('button', { name: 'Открыть снова' }).click()
    await dialog().getByRole('textbox').fill('забыли одну')
    await page.keyboard.press('Enter')
    await side('В мешке').getByText('открыт снова: забыли одну').waitFor()
    await scan('46002')
    await eventually('three are in it', async () => /В мешке 3/.test(await figures()))
    await page.getByRole('button', { name: 'Закрыть мешок' }).click()
    await dialog().getByLabel('Номер пломбы').fill('П-78')
    await page.keyboard.press('Enter')
    await page.getByText('закрыт, пломба П-78').waitFor()
    await shot('bag_closed')
    has(await pdfText('Опись'), 'BAG-10001', 'Южный', 'П-78', 'A-10001-1', 'A-10003-1', 'Анна Проверкина')
    has(await pdfText('Этикетка'), 'BAG-10001', 'Южный', 'Ю-1')
})

test('a trip with a carrier takes the bag by one scan, and a loose parcel', async () => {
    await page.keyboard.press('Alt+6')
    await page.getByRole('button', { name: 'Новый рейс' }).click()
    await dialog().getByRole('combobox', { name: 'Куда' }).selectOption({ label: 'Южный' })
    await dialog().getByLabel('Перевозчик').check()
    await dialog().getByLabel('Название перевозчика').fill('ООО Рейс')
    await dialog().getByLabel('Машина').fill('А 123 ВС')
    await shot('trip_form')
    await dialog().getByRole('button', { name: 'Начать рейс' }).click()
    await page.getByRole('heading', { name: /T-10001/ }).waitFor()
    tripUrl = page.url()
    await scan('46001')
    await says('Лежит в мешке BAG-10001: сканируйте мешок')
    await scan('BAG-10001')
    await says('Мешок погружен: 3 места')
    await page.keyboard.press('Control+z')
    await says('Снято: BAG-10001')
    await eventually('nothing is on it', async () => /Мешков 0 Мест 0/.test(await figures()))
    await scan('BAG-10001')
    await says('Мешок погружен: 3 места')
    await scan('46003')
    await says('Погружено')
    await eventually('four are on it', async () => /Мешков 1 Мест 4/.test(await figures()))
    await shot('trip_loading')
    const { items } = await ask('GET', '/api/v1/orders?q=46003')
    assert.equal(items[0].status, 'in_transit')
    has(await pdfText('Ведомость'), 'T-10001', 'BAG-10001', 'П-78', 'A-10004-1', 'ООО Рейс', 'А 123 ВС')
    await page.getByRole('button', { name: 'Отправить' }).click()
    await dialog().getByText('Мешков 1, мест 4.').waitFor()
    await dialog().getByRole('button', { name: 'Отправить' }).click()
    await page.getByText('в пути').first().waitFor()
    await scan('46005')
    await says('Рейс уже ушёл')
})

test('at the other depot the bag is unloaded by one scan; missing and extra are told and kept in the act', async () => {
    await workAt('Южный')
    await page.getByRole('button', { name: /T-10001/ }).click()
    await side('Ведомость').getByText('BAG-10001').waitFor()
    await scan('BAG-10001')
    await says('Мешок принят: 3 места')
    await eventually('three have come', async () => /Мест 4 Прибыло 3 Не прибыло 1 Лишние 0/.test(await figures()))
    await scan('46005')
    await says('Принято, но в рейсе не числилось')
    await eventually('one is too much', async () => /Лишние 1/.test(await figures()))
    await shot('trip_unloading')
    await page.getByRole('button', { name: 'Закрыть рейс' }).click()
    await dialog().getByText('Прибыло 3 из 4, не прибыло 1, лишних 1.').waitFor()
    await dialog().getByRole('button', { name: 'Закрыть рейс' }).click()
    await page.getByText('Рейс T-10001 закрыт').waitFor()
    has(await pdfText('Акт'), 'T-10001', 'A-10004-1', 'A-10006-1', 'Не прибыли: 1', 'Лишние: 1', 'Северный', 'Южный')
    const { items } = await ask('GET', '/api/v1/orders?q=46000')
    const card = await ask('GET', `/api/v1/orders/${items[0].id}`)
    assert.equal(card.parcels[0].holder.name, 'Южный')
    assert.equal(card.parcels[0].missing, 0)
    assert.ok(card.story.some((line) => line.to?.name === 'ООО Рейс'))
})

test('a courier gets a bag of his own by one scan', async () => {
    await workAt('Северный')
    const { bag } = await ask('POST', `/api/v1/depots/${north}/bags`, { kind: 'courier', id: courier })
    assert.equal((await ask('POST', `/api/v1/depots/${north}/bags/${bag.id}/scan`, { code: '46004' })).word, 'bagged')
    await ask('POST', `/api/v1/depots/${north}/bags/${bag.id}/close`, {})
    await page.goto(`${world.url}/depot?mode=handout&courier=${courier}`)
    await side('Ждут выдачи').getByText('A-10005-1').waitFor()
    await scan(bag.number)
    await says('Мешок выдан: 1 место')
    await eventually('he has it', async () => /У курьера 1 Ждут выдачи 0/.test(await figures()))
    await page.keyboard.press('Control+z')
    await says(`Снято: ${bag.number}`)
    await eventually('it waits again', async () => /У курьера 0 Ждут выдачи 1/.test(await figures()))
    await scan(bag.number)
    await says('Мешок выдан: 1 место')
    await eventually('he has it again', async () => /У курьера 1 Ждут выдачи 0/.test(await figures()))
})

test('all of it can be read by everybody, in both themes and languages', async () => {
    for (const scheme of ['light', 'dark'])
        for (const lang of ['ru', 'en']) {
            await page.emulateMedia({ colorScheme: scheme })
            await page.evaluate((to) => localStorage.setItem('plus7.prefs', JSON.stringify({ lang: to })), lang)
            for (const [name, url] of [['sort', '/depot?mode=sort'], ['bags', '/depot?mode=bags'], ['trips', '/depot?mode=trips'], ['bag', bagUrl], ['trip', tripUrl]]) {
                await page.goto(new URL(url, world.url).href)
                await page.waitForLoadState('networkidle')
                assert.deepEqual(await accessibilityFaults(page), [], `${name}, ${scheme}, ${lang}`)
                await shot(`all_${name}_${scheme}_${lang}`)
            }
        }
})
test('every answer of the API was one that the contract knows', () => assert.deepEqual([...contract.faults], []))
test('the console never complained', () => assert.deepEqual(complaints, []))
