// A gpsd with one receiver that stands where the test says, for handhelds of world.mjs, whose gpsd is not there.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

export class Sky {
    sockets = new Set()

    /** Listens where this handheld asks for gpsd. */
    static async over(settings, place) {
        const sky = new Sky()
        sky.place = place
        sky.server = createServer((socket) => sky.#serve(socket))
        const port = Number(readFileSync(settings, 'utf8').match(/\[gpsd\]\nport = (\d+)/)[1])
        await new Promise((go) => sky.server.listen(port, '127.0.0.1', go))
        sky.timer = setInterval(() => sky.#tell(), 500)
        return sky
    }
    #serve(socket) {
        socket.on('error', () => undefined)
        socket.on('close', () => this.sockets.delete(socket))
        socket.write('{"class":"VERSION","release":"3.22","rev":"3.22","proto_major":3,"proto_minor":14}\r\n')
        socket.on('data', () => this.sockets.add(socket))
    }
    #tell() {
        const { lat, lon } = this.place
        const fix = { class: 'TPV', device: '/dev/sky', mode: 3, time: new Date().toISOString(), lat, lon, eph: 8, speed: 1, track: 90 }
        for (const socket of this.sockets) socket.write(`${JSON.stringify(fix)}\r\n`)
    }
    async close() {
        clearInterval(this.timer)
        for (const socket of this.sockets) socket.destroy()
        await new Promise((go) => this.server.close(go))
    }
}
