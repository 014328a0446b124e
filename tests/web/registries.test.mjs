// A partner's file in a real browser: looked at, imported with its faults, sent again, corrected. The tests go on from one
// another.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openConsole, setUpAdmin } from './office.mjs'
import { accessibilityFaults } from './page.mjs'

let world, page, complaints, contract, close

const sample = readFileSync(fileURLToPath(new URL('../data/registries/knizhny-dvor.csv', import.meta.url)), 'utf8')
// The first phone cannot be read, an address is missing, and a recipient is a formula, which is only a name.
const faulty = sample
    .replace('8 (999) 000-01-00', '8999')
    .replace(/^(KD-5003;[^;]*;[^;]*);[^;]*/m, '$1;')
    .replace(/^(KD-5002);[^;]*/m, '$1;=1+1')

const dialog = () => page.getByRole('dialog')
const text = async (target) => (await target.innerText()).replace(/\s+/g, ' ')
const file = (content, name = 'П-17.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
const counts = async () => (await dialog().locator('dd').allInnerTexts()).map(Number)
const registries = async () => (await (await page.request.get(world.url + '/api/v1/registries')).json()).items

async function look(content, name) {
    await dialog().locator('input[type=file]').setInputFiles(file(content, name))
    await dialog().getByRole('button', { name: 'Проверить' }).click()
    await dialog().getByText('без изменений').first().waitFor()
}

async function read(counted) {
    await dialog()
        .getByRole('button', { name: /^Загрузить/ })
        .first()
        .click()
    await dialog().getByText(/^Готово|загружен, но/).waitFor()
    assert.deepEqual(await counts(), counted)
}

before(async () => {
    ;({ world, page, complaints, contract, close } = await openConsole())
    await setUpAdmin(page, world)
    const { csrf } = await (await page.request.get(`${world.url}/api/v1/me`)).json()
    const made = await page.request.post(`${world.url}/api/v1/sites`, {
        data: { kind: 'depot', name: 'Останкино', address: 'ул. Складская, 1' },
        headers: { 'X-Plus7-Csrf': csrf, Origin: world.url, 'Idempotency-Key': 'depot' },
    })
    assert.equal(made.status(), 201)
})
after(() => close?.())

test('an empty room says what a registry is, and has a sample file to begin with', async () => {
    await page.goto(world.url + '/registries')
    await page.getByText('Реестров пока нет').waitFor()
    await page.keyboard.press('n')
    await dialog().getByText('Перетащите сюда файл CSV').waitFor()
    const template = await page.request.get(world.url + (await dialog().getByRole('link', { name: 'Образец' }).getAttribute('href')))
    assert.match(await template.text(), /Номер заказа;Получатель/)
    await dialog().getByRole('button', { name: 'Проверить' }).click()
    await dialog().getByText('Выберите файл').first().waitFor()
    assert.deepEqual(await accessibilityFaults(page), [])
    assert.deepEqual(await registries(), [])
})

test('a file that is none is refused in words', async () => {
    await dialog().getByLabel('Отправитель').fill('Книжный двор')
    const refuse = async (content, words) => {
        await dialog().locator('input[type=file]').setInputFiles(file(content))
        await dialog().getByRole('button', { name: 'Проверить' }).click()
        await dialog().getByRole('alert').getByText(words).waitFor()
    }
    await refuse('PK\x03\x04', /Сохраните её в программе как CSV/)
    await refuse('Номер заказа;Телефон\n1;2\n', /нет столбцов: «Получатель», «Адрес»/)
    await refuse('Номер заказа;Получатель;Адрес\n', /только заголовок/)
    complaints.length = 0 // the browser notes each refusal
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
})

test('a file that is dropped on the room is looked at: what each line does, and only those with faults', async () => {
    await page.evaluate((content) => {
        const dropped = new DataTransfer()
        dropped.items.add(new File([content], 'П-17.csv', { type: 'text/csv' }))
        document.querySelector('.room').dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }))
    }, faulty)
    await dialog().getByText('П-17.csv').waitFor()
    assert.equal(await dialog().getByLabel('Номер у партнёра').inputValue(), 'П-17')
    await dialog().getByLabel('Отправитель').fill('Книжный двор')
    await dialog().getByRole('button', { name: 'Проверить' }).click()
    await dialog().getByText('новый реестр').waitFor()
    assert.deepEqual(await counts(), [58, 0, 0, 2])
    await dialog().getByLabel(/Только 2 строки с ошибками/).check()
    const rows = dialog().getByRole('row')
    assert.equal(await rows.count(), 3)
    assert.match(await text(rows.nth(1)), /KD-5001 .* Телефон: не читается/)
    assert.match(await text(rows.nth(2)), /KD-5003 .* Адрес: не заполнено/)
    assert.deepEqual(await accessibilityFaults(page), [])
    assert.deepEqual(await registries(), [])
})

test('it is imported but for these, which come back as a file with reasons', async () => {
    await read([58, 0, 0, 2])
    await dialog().getByText('но 2 строки не приняты').waitFor()
    const [registry] = await registries()
    assert.deepEqual([registry.outer_number, registry.total, registry.state], ['П-17', 58, 'open'])
    const [download] = await Promise.all([page.waitForEvent('download'), dialog().getByRole('link', { name: 'Непринятые строки' }).click()])
    assert.equal(download.suggestedFilename(), 'R-101-rejected.csv')
    const rejected = readFileSync(await download.path(), 'utf8')
    assert.match(rejected, /^KD-5001;.*;Телефон: не читается\r$/m)
    assert.equal(rejected.trim().split('\n').length, 3)
    await dialog().getByRole('button', { name: 'Загрузить исправленный' }).click()
    await look(rejected.replace(';8999;', ';89990000100;').replace(/^(KD-5003;[^;]*;[^;]*);/m, '$1;Мира, 5'), 'R-101-rejected.csv')
    await dialog().getByText('в реестр R-101').waitFor()
    await read([2, 0, 0, 0])
    await dialog().getByRole('button', { name: 'Открыть R-101' }).click()
    const panel = page.getByRole('complementary', { name: 'R-101' })
    await panel.getByRole('heading', { name: '60 мест' }).waitFor()
    await panel.getByText('KD-').or(panel.getByText('2000000000015')).first().waitFor()
    await panel.getByText('=1+1').waitFor()
    assert.match(await text(panel), /Прибыло \/ ожидается 0 \/ 60/)
    assert.deepEqual(await accessibilityFaults(page), [])
})

test('the same file again changes nothing but what was corrected since', async () => {
    await page.keyboard.press('n')
    await look(sample.replace(/^(KD-5003;[^;]*;[^;]*);[^;]*/m, '$1;Мира, 5').replace(/^(KD-5002);[^;]*/m, '$1;=1+1'), 'П-17.csv')
    assert.deepEqual(await counts(), [0, 0, 60, 0])
    await dialog().getByRole('button', { name: 'Загрузить без изменений' }).click()
    await dialog().getByText(/^Готово/).waitFor()
    assert.equal((await registries()).length, 1)
    await dialog().locator('.foot').getByRole('button', { name: 'Закрыть' }).click()
    await page.keyboard.press('n')
    await look(sample, 'П-17.csv')
    assert.deepEqual(await counts(), [0, 2, 58, 0])
    await read([0, 2, 58, 0])
    await dialog().getByRole('button', { name: 'Открыть R-101' }).click()
    await page.getByRole('complementary', { name: 'R-101' }).getByText('Виктор Ласточкин').waitFor()
})

test('a lost line leads from the registry to its order, and the log tells who imported', async () => {
    await page.getByRole('complementary').getByRole('link', { name: 'A-10001' }).or(page.getByRole('complementary').getByRole('link').first()).first().click()
    await page.getByRole('heading', { name: 'Заказы' }).waitFor()
    await page.goto(world.url + '/audit')
    await page.getByText('Загрузил реестр партнёра').first().waitFor()
})

test('every answer of the API was one that the contract knows', () => assert.deepEqual([...contract.faults], []))
test('the console never complained', () => assert.deepEqual(complaints, []))
