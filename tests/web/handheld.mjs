// What a courier does on his handheld's page, shared by the tests that have one.
import { complaintsOf } from './page.mjs'

/** The page of a running handheld in a window of its size. */
export async function openHandheld(browser, world, settings) {
    const page = await browser.newPage({ viewport: { width: 480, height: 800 }, locale: 'ru-RU', hasTouch: true })
    page.setDefaultTimeout(20_000)
    const complaints = complaintsOf(page)
    await page.goto(world.agent(settings, 'page').text.trim())
    return { page, complaints }
}

// A scanner's keys come closer together than a busy machine passes single ones through the browser's protocol. They are
// pressed, all of them, before the page sees the first: what it does with one must not part it from the next.
export const scan = (page, code) =>
    page.evaluate((text) => {
        const presses = [...text, 'Enter'].map((key) => new KeyboardEvent('keydown', { key, bubbles: true }))
        for (const press of presses) document.body.dispatchEvent(press)
    }, code)

/** A picture of the page for people, when the folder for pictures is given. */
export async function shot(page, name) {
    const folder = process.env.PLUS7_PICTURES
    if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}

/** Faults that a cut line or an ended agent make are none of the page's. */
export const own = (complaints) => complaints.filter((line) => !/ERR_CONNECTION|WebSocket|Failed to load/.test(line))
