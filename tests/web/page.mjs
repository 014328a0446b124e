// A page in a real Chromium that fails its test when the console complains, and what a person does on it.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import jsQR from 'jsqr'
import { chromium } from 'playwright-core'
import { PNG } from 'pngjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const startBrowser = (...more) =>
    chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync', ...more],
    })

// Complaints of the page so far; being asked to sign in is none.
export function complaintsOf(page) {
    const found = []
    page.on('pageerror', (error) => found.push(`page: ${error.message}`))
    page.on('console', (line) => {
        if (line.type() === 'error' && !/status of 401/.test(line.text())) found.push(line.text())
    })
    return found
}

export function oneTimeCode(secret, stepsAhead = 0) {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
    const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
    const step = Buffer.alloc(8)
    step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAhead))
    const mac = createHmac('sha1', key).update(step).digest()
    const at = mac[19] & 15
    return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export async function pixelsOf(target) {
    return PNG.sync.read(await target.screenshot())
}

export async function qrOf(target) {
    const picture = await pixelsOf(target)
    const code = jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height)
    assert.ok(code, 'the QR code on the screen can be read')
    return code.data
}

// How many pixels differ, and how many colours there are.
export function difference(a, b) {
    let count = 0
    for (let i = 0; i < a.data.length; i += 4) if (a.data[i] !== b.data[i] || a.data[i + 1] !== b.data[i + 1]) ++count
    return count
}
export function colours(picture) {
    const seen = new Set()
    for (let i = 0; i < picture.data.length; i += 4)
        seen.add((picture.data[i] << 16) | (picture.data[i + 1] << 8) | picture.data[i + 2])
    return seen.size
}

export async function accessibilityFaults(page) {
    await page.evaluate(axe)
    const { violations } = await page.evaluate(() => window.axe.run())
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
