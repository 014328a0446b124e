// How long a courier looks at nothing: from opening the page of a real handheld to its list of 40 stops, on a processor that
// is so many times slower than this one (Chromium's own throttle; 6 is what it calls a low-end phone).
//   node first_list.mjs [SLOWER] [TIMES]
import { planOrders, setUpAdmin } from '../office.mjs'
import { startBrowser } from '../page.mjs'
import { World, eventually } from '../world.mjs'

const limitMs = 1000
const [slower, times] = [Number(process.argv[2] ?? 6), Number(process.argv[3] ?? 15)]
const last = 'ул. Садовая, 40'
const orders = Array.from({ length: 40 }, (_, at) => ({
    sender: 'Лавка',
    recipient: { name: 'Ольга Мельник', phone: '+79990000001' },
    address: { text: `ул. Садовая, ${at + 1}` },
    due: { minor: 129000, currency: 'RUB' },
    proof: ['code'],
    parcels: [{ code: `S-${at}` }],
}))

// Milliseconds from the start of the navigation to the frame behind the one that has the list.
async function firstList(browser, address) {
    const page = await browser.newPage({ viewport: { width: 480, height: 800 }, locale: 'ru-RU', hasTouch: true })
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
    await page.addInitScript((text) => {
        const watch = new MutationObserver(() => {
            if (!document.body?.textContent.includes(text)) return
            watch.disconnect()
            requestAnimationFrame(() => setTimeout(() => (window.listAt = performance.now())))
        })
        watch.observe(document, { childList: true, subtree: true, characterData: true })
    }, last)
    await page.goto(address)
    await page.waitForFunction(() => window.listAt)
    const took = await page.evaluate(() => window.listAt)
    await page.close()
    return took
}

const world = await World.start()
const browser = await startBrowser()
try {
    const office = await browser.newPage({ locale: 'ru-RU' })
    await setUpAdmin(office, world)
    await planOrders(office, world, 'Берёза', orders)
    await office.close()
    const address = () => world.agent(world.handheld, 'page').text.trim()
    const known = () => world.agent(world.handheld, 'work').text.includes(last)
    await eventually('the handheld has the list', known)
    const took = []
    for (let i = 0; i < times; ++i) took.push(await firstList(browser, address()))
    took.sort((a, b) => a - b)
    const worst = took.at(-1)
    console.log(
        `first list of ${orders.length} stops, processor ${slower} times slower: median ${took[Math.floor(times / 2)].toFixed(0)} ms, ` +
            `worst ${worst.toFixed(0)} ms of ${times}; ${(worst / limitMs).toFixed(2)} of the limit of ${limitMs} ms: ${worst <= limitMs ? 'reached' : 'NOT REACHED'}`,
    )
} finally {
    await browser.close()
    await world.stop()
}
