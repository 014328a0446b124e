// The real thing for a browser to look at: plus7-central with its broker, couriers of plus7-fleet on real streets, one
// real handheld behind a line that can be cut. Loopback, free ports, own folder; ended by process id.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const top = fileURLToPath(new URL('../..', import.meta.url))
const build = process.env.PLUS7_BUILD ?? join(top, 'build/dev')
const program = (path) => (path.startsWith('/') ? path : join(build, path))

// Asks again until the answer is true; the limit only bounds failures.
export async function eventually(what, condition, limitMs = 30_000) {
    const end = Date.now() + limitMs
    for (;;) {
        const answer = await condition()
        if (answer) return answer
        if (Date.now() > end) throw new Error(`never came true: ${what}`)
        await new Promise((go) => setTimeout(go, 50))
    }
}

// The kernel chose it and gives it to nobody else for a minute: a connection to it has just ended (TIME_WAIT). A server
// that listens with SO_REUSEADDR, as all here do, may have it at once.
async function freePort() {
    const server = createServer((called) => called.end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address()
    await once(connect(port, '127.0.0.1').resume(), 'close')
    await new Promise((go) => server.close(go))
    return port
}

class Program {
    output = ''
    constructor(name, path, args) {
        this.name = name
        this.child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C' } })
        for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (text) => (this.output += text))
        this.ended = new Promise((go) => this.child.once('exit', go))
    }
    running() {
        return this.child.exitCode === null && this.child.signalCode === null
    }
    says(text) {
        return eventually(`${this.name} says "${text}"`, () => {
            if (!this.running()) throw new Error(`${this.name} ended: ${this.output}`)
            return this.output.includes(text)
        })
    }
    async stop() {
        if (!this.running()) return
        this.child.kill('SIGTERM')
        const killer = setTimeout(() => this.child.kill('SIGKILL'), 15_000)
        await this.ended
        clearTimeout(killer)
    }
}

export class World {
    programs = []
    dir = mkdtempSync(join(tmpdir(), 'plus7-web-'))

    static async start() {
        const world = new World()
        try {
            await world.#start()
        } catch (error) {
            await world.stop()
            throw error
        }
        return world
    }

    #run(name, path, args) {
        const started = new Program(name, program(path), args)
        this.programs.push(started)
        return started
    }

    async #start() {
        chmodSync(this.dir, 0o711) // mosquitto passes through as its own user
        const [http, broker, line, control] = [await freePort(), await freePort(), await freePort(), await freePort()]
        this.url = `http://127.0.0.1:${http}`
        this.line = line
        this.control = `http://127.0.0.1:${control}`
        const settings = (this.settings = join(this.dir, 'central.toml'))
        writeFileSync(
            settings,
            `data_dir = "data"
[http]
port = ${http}
web_root = "${join(top, 'central/web/dist')}"
[map]
basemap = "${join(top, 'central/maps/basemap')}"
[broker]
port = ${broker}
[webhooks]
allow_private = true
[demo]
couriers = 6
controls = true
cut_url = "http://127.0.0.1:${control}/cut"
`,
        )
        const imported = spawnSync(
            program('central/plus7-central'),
            ['--config', settings, 'import-map', join(top, 'tests/data/city/moscow-ostankino.osm.gz')],
            { encoding: 'utf8' },
        )
        if (imported.status !== 0) throw new Error(`no map: ${imported.stderr}`)
        this.#run('line', 'tests/proxy/plus7-proxy', ['--listen', line, '--to', broker, '--control', control].map(String))
        this.central = this.#run('central', 'central/plus7-central', ['--config', settings, 'run'])
        await this.central.says('central is ready')
        this.setup = this.central.output.match(/(http\S+\/setup#\S+)/)[1]
        const links = join(this.dir, 'data/demo/links')
        const map = join(this.dir, 'data/region.mbtiles')
        const fleet = ['--data', join(this.dir, 'couriers'), '--links', links, '--map', map, '--except', 'D-01']
        await this.#run('fleet', 'tests/fleet/plus7-fleet', fleet).says('5 couriers')
        await this.#carry(readFileSync(links, 'utf8').match(/^D-01\t(\S+)/m)[1])
    }

    // The real handheld of courier D-01.
    async #carry(link) {
        this.handheld = await this.enrolled('handheld', link)
        this.#startAgent()
        await eventually('the shift began', () => this.agent(this.handheld, 'shift', 'start').status === 0)
    }

    // Settings of a handheld enrolled by that link, behind the line; gpsd is not there, so that it stands still.
    async enrolled(name, link) {
        const settings = this.#settingsOf(name, await freePort(), await freePort())
        const enrolled = this.agent(settings, 'enroll', link)
        if (enrolled.status !== 0) throw new Error(`not enrolled: ${enrolled.text}`)
        const identity = join(this.dir, name, 'identity.json')
        const known = JSON.parse(readFileSync(identity, 'utf8'))
        known.broker.port = this.line
        writeFileSync(identity, JSON.stringify(known))
        return settings
    }
    // The real handheld hears satellites from now on: a recorded ride, by way of a real gpsd.
    async receive() {
        const [link, map] = [join(this.dir, 'gps'), join(this.dir, 'data/region.mbtiles')]
        const track = join(top, 'tests/data/tracks/bike-2s.gpx')
        await this.#run('receiver', 'tests/fleet/plus7-gps-feed', [track, '--link', link, '--map', map]).says('speaks at')
        const port = readFileSync(this.handheld, 'utf8').match(/\[gpsd\]\nport = (\d+)/)[1]
        this.#run('gpsd', '/usr/sbin/gpsd', ['-N', '-n', '-S', port, link])
        const hears = () => JSON.parse(this.agent(this.handheld, 'status', '--json').text).gps
        await eventually('the handheld has a fix', () => hears().age_s !== null && !hears().lost, 60_000)
    }
    // Another handheld comes to life; its page can be asked for.
    async run(settings) {
        this.#run('another agent', 'agent/plus7-agent', ['--config', settings, 'run'])
        await eventually('the other agent answers', () => this.agent(settings, 'status').status === 0)
    }

    #startAgent() {
        this.agentProcess = this.#run('agent', 'agent/plus7-agent', ['--config', this.handheld, 'run'])
    }
    // As a power cut would end it; then it is started again.
    async killAgent() {
        this.agentProcess.child.kill('SIGKILL')
        await this.agentProcess.ended
        this.#startAgent()
        await eventually('the agent answers again', () => this.agent(this.handheld, 'status').status === 0)
    }

    #settingsOf(name, gpsd, page = 0) {
        mkdirSync(join(this.dir, name), { mode: 0o700 })
        const file = join(this.dir, `${name}.toml`)
        const retry = '[reconnect]\nfirst = "100ms"\nlongest = "1s"\n'
        writeFileSync(file, `data_dir = "${name}"\n[gpsd]\nport = ${gpsd}\n[handheld]\nport = ${page}\n${retry}`)
        return file
    }
    async newHandheld(name) {
        return this.#settingsOf(name, await freePort())
    }

    // A subcommand of central's program.
    command(...args) {
        return spawnSync(program('central/plus7-central'), args, { encoding: 'utf8' })
    }

    // What is said to the recipient of an order, for as long as no message brings it to him.
    recipientLink(number) {
        const { status, stdout, stderr } = this.command('--config', this.settings, 'recipient-link', number)
        if (status !== 0) throw new Error(`no link: ${stderr}`)
        return stdout.trim()
    }

    // The real handheld's line is gone for so long; 0 brings it back.
    async cut(seconds) {
        const answer = await fetch(`${this.control}/cut`, { method: 'POST', body: JSON.stringify({ seconds }) })
        if (!answer.ok) throw new Error(`the line cannot be cut: ${answer.status}`)
    }

    agent(settings, ...args) {
        const { status, stdout, stderr } = spawnSync(program('agent/plus7-agent'), ['--config', settings, ...args], {
            encoding: 'utf8',
            env: { ...process.env, LC_ALL: 'C' },
        })
        return { status, text: stdout + stderr }
    }

    async stop() {
        for (const started of this.programs.reverse()) await started.stop()
        rmSync(this.dir, { recursive: true, force: true })
    }
}
