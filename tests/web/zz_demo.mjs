import { readFileSync } from 'node:fs'
import { setUpAdmin } from './office.mjs'
import { startBrowser } from './page.mjs'
const out = readFileSync('/tmp/h/demo/out.log', 'utf8')
const url = out.match(/Доставки:\s+(\S+)/)[1], setup = out.match(/(http\S+\/setup#\S+)/)[1]
const pages = Object.fromEntries([...out.matchAll(/([DP]-0\d) .*?(http\S+\?t=\S+)/g)].map((m) => [m[1], m[2]]))
const browser = await startBrowser()
const pic = (page, name) => page.screenshot({ path: `/tmp/h/pics/demo_${name}.png` })
try {
    const open = async (who) => {
        const page = await browser.newPage({ viewport: { width: 480, height: 800 }, locale: 'ru-RU', hasTouch: true })
        await page.goto(pages[who])
        return page
    }
    const d1 = await open('D-01'), d2 = await open('D-02'), p1 = await open('P-01')
    await d1.waitForTimeout(2500)
    await pic(d1, 'd1'); await pic(d2, 'd2'); await pic(p1, 'p1')
    const desk = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'ru-RU' })
    await setUpAdmin(desk, { url, setup })
    await desk.goto(url + '/depot'); await desk.waitForTimeout(1500); await pic(desk, 'depot')
    await desk.goto(url + '/orders'); await desk.waitForTimeout(1500); await pic(desk, 'orders')
    await desk.goto(url + '/'); await desk.waitForTimeout(2000); await pic(desk, 'map')
    await desk.getByText(/Борис Берёза/).first().click()
    const card = desk.getByRole('region', { name: /Берёза/ })
    await card.getByRole('button', { name: 'Бейдж и ПИН' }).click()
    await desk.getByRole('dialog').getByRole('button', { name: 'Выдать бейдж и ПИН' }).click()
    await desk.getByText('Показываем один раз').waitFor()
    await pic(desk, 'badge')
    await d1.getByText('Меню').first().click(); await d1.waitForTimeout(500); await pic(d1, 'd1menu')
    await p1.getByRole('button', { name: 'Начать смену' }).click(); await p1.waitForTimeout(1500); await pic(p1, 'p1on')
    await p1.getByText('Меню').first().click(); await p1.waitForTimeout(300)
    await p1.getByRole('button', { name: /Состояние|Устройство|Связь/ }).first().click().catch(() => {}); await p1.waitForTimeout(500); await pic(p1, 'p1status')
} finally { await browser.close() }
