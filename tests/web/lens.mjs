// What Chromium's camera sees: a film of one still picture, which can be changed while nobody looks through it.
import { spawnSync } from 'node:child_process'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const width = 1280
const height = 720

const sheet = (shade) => ({ width, height, gray: Buffer.alloc(width * height, shade) })

/** A picture in the middle of a grey table, as far as there is room. */
function onTable(picture) {
    const table = sheet(150)
    const left = (width - picture.width) >> 1
    const top = (height - picture.height) >> 1
    for (let y = Math.max(0, -top); y < Math.min(picture.height, height - top); ++y)
        for (let x = Math.max(0, -left); x < Math.min(picture.width, width - left); ++x)
            table.gray[(top + y) * width + left + x] = picture.gray[y * picture.width + x]
    return table
}

/** The first page of a PDF at a resolution at which it fills the table, as the bytes of a binary PGM say it. */
function pageOf(pdf, dpi) {
    const drawn = spawnSync('pdftoppm', ['-gray', '-r', String(dpi), '-f', '1', '-l', '1', '-singlefile', '-'], { input: pdf, maxBuffer: 1 << 26 })
    if (drawn.status !== 0) throw new Error(`pdftoppm: ${drawn.stderr}`)
    const [head, w, h] = drawn.stdout.subarray(0, 40).toString('latin1').match(/^P5\s+(\d+)\s+(\d+)\s+255\s/)
    return { width: Number(w), height: Number(h), gray: drawn.stdout.subarray(head.length) }
}

/** A QR code or another PNG's pixels, by the red of each. */
export const grayOf = (png) => ({ width: png.width, height: png.height, gray: Buffer.from(Array.from({ length: png.width * png.height }, (_, i) => png.data[4 * i])) })

export class Lens {
    constructor(dir) {
        this.file = join(dir, 'camera.y4m')
        this.nothing()
    }
    get flags() {
        return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${this.file}`]
    }
    nothing() {
        this.#film(sheet(150))
    }
    show(picture) {
        this.#film(onTable(picture))
    }
    label(pdf, dpi = 190) {
        this.show(pageOf(pdf, dpi))
    }
    #film({ gray }) {
        const frame = Buffer.concat([Buffer.from('FRAME\n'), gray, Buffer.alloc((width * height) / 2, 128)])
        writeFileSync(`${this.file}.new`, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]))
        renameSync(`${this.file}.new`, this.file)
    }
}
