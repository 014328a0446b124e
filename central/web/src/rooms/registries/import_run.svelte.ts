// A partner's file on its way: chosen, looked at, being read, done. One per dialog.
import { api, body, newKey } from '../../api/client'
import type { Registry, RegistryReport, ReportLine } from '../../api/types'
import { begin, preview, registryOf, type Whose } from './upload'

type Step = 'choose' | 'preview' | 'reading' | 'done'

export class ImportRun {
    step = $state<Step>('choose')
    busy = $state(false)
    file = $state.raw<File | null>(null)
    report = $state.raw<RegistryReport | null>(null)
    registry = $state.raw<Registry | null>(null)
    rejected = $state.raw<ReportLine[]>([])
    problem = $state.raw<unknown>(null)
    private key = ''
    private whose: Whose | null = null
    private timer: ReturnType<typeof setTimeout> | undefined

    choose(file: File): void {
        this.file = file
        this.problem = null
    }

    async look(whose: Whose): Promise<void> {
        const file = this.file
        if (!file) return
        await this.working(async () => {
            this.report = await preview(file, whose)
            this.whose = whose
            this.key = newKey()
            this.step = 'preview'
        })
    }

    back(): void {
        this.step = 'choose'
        this.problem = null
    }

    async start(): Promise<void> {
        const [file, whose] = [this.file, this.whose]
        if (!file || !whose) return
        await this.working(async () => {
            this.registry = await begin(file, whose, this.key)
            this.step = 'reading'
            this.follow()
        })
    }

    /** It was interrupted: the same file once more. */
    again(): Promise<void> {
        this.key = newKey()
        return this.start()
    }

    /** The page stops asking; central goes on reading. */
    leave(): void {
        clearTimeout(this.timer)
    }

    private follow(): void {
        this.timer = setTimeout(() => void this.ask(), 400)
    }

    private async ask(): Promise<void> {
        if (!this.registry) return
        try {
            this.registry = await registryOf(this.registry.id)
            this.problem = null
            if (this.registry.import?.state !== 'reading') return await this.end(this.registry)
        } catch (error) {
            this.problem = error
        }
        this.follow()
    }

    private async end(registry: Registry): Promise<void> {
        const params = { path: { id: registry.id } }
        this.rejected = !registry.import?.rejected ? [] : (await body(api.GET('/api/v1/registries/{id}/rejected', { params }))).items
        this.step = 'done'
    }

    private async working(work: () => Promise<void>): Promise<void> {
        this.busy = true
        this.problem = null
        try {
            await work()
        } catch (error) {
            this.problem = error
        } finally {
            this.busy = false
        }
    }
}
