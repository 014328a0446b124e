// What a page shows of central's: its last answer, or why there is none. One question at a time: who asks while one is
// under way is answered by one more after it, however many ask, so that nobody gets what was read before he asked.

export class Reading<T> {
    value = $state.raw<T | null>(null)
    problem = $state.raw<unknown>(null) // of the last question; `value` stays what it was
    private wanted = false
    private running: Promise<void> | null = null

    constructor(private ask: () => Promise<T>) {}

    load = (): Promise<void> => {
        this.wanted = true
        return (this.running ??= this.run())
    }

    private async run(): Promise<void> {
        while (this.wanted) {
            this.wanted = false
            try {
                this.value = await this.ask()
                this.problem = null
            } catch (error) {
                this.problem = error
            }
        }
        this.running = null
    }
}
