// Every answer that a page gets, held against the contract (central/api/openapi.yaml).
import { fileURLToPath } from 'node:url'
import $RefParser from '@apidevtools/json-schema-ref-parser'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const file = fileURLToPath(new URL('../../central/api/openapi.yaml', import.meta.url))

export class Contract {
    faults = new Set()
    checked = new Set()
    #schemas = new Map()
    #ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }))

    static async read() {
        const contract = new Contract()
        contract.paths = Object.entries((await $RefParser.dereference(file)).paths).map(([path, item]) => ({
            path,
            item,
            pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
        }))
        return contract
    }

    watch(page) {
        page.on('response', (response) => this.#check(response).catch((error) => this.faults.add(String(error))))
    }

    async #check(response) {
        const { pathname } = new URL(response.url())
        const isJson = /^application\/(problem\+)?json/.test(response.headers()['content-type'] ?? '')
        if (!pathname.startsWith('/api/') || !isJson) return
        const method = response.request().method().toLowerCase()
        const found = this.paths.find(({ pattern, item }) => pattern.test(pathname) && item[method])
        const name = `${method.toUpperCase()} ${found?.path ?? pathname} ${response.status()}`
        const answers = found?.item[method].responses ?? {}
        const answer = answers[response.status()] ?? answers.default
        if (!answer) return this.faults.add(`${name} is not in the contract`)
        const schema = answer.content && Object.values(answer.content)[0].schema
        if (!schema) return
        const body = await response.json().catch(() => undefined) // the page went on before it was read
        if (body === undefined) return
        if (!this.#schemas.has(schema)) this.#schemas.set(schema, this.#ajv.compile(schema))
        const fits = this.#schemas.get(schema)
        this.checked.add(name)
        if (!fits(body)) for (const one of fits.errors) this.faults.add(`${name}${one.instancePath}: ${one.message}`)
    }
}
