// The keyboard of the device: arrows walk, Esc goes back, a digit presses what carries it (data-key), and a burst that
// ends with Enter is a scanner's. What is pasted was scanned elsewhere.
import { Bursts, settleAfterMs } from '../lib/bursts'
import { acting } from './acting.svelte'
import { camera } from './camera.svelte'
import { nav } from './nav.svelte'
import { notices } from './notice.svelte'
import { scans } from './scans.svelte'

const bursts = new Bursts()
let settling: ReturnType<typeof setTimeout> | undefined

const reachable = 'button:not(:disabled), a[href], input, [tabindex="0"]'
const isField = (target: EventTarget | null) => target instanceof HTMLInputElement && target.type === 'text'

function walk(step: 1 | -1): void {
    const all = [...(document.querySelector('dialog') ?? document).querySelectorAll<HTMLElement>(reachable)].filter((one) => one.checkVisibility())
    const at = all.indexOf(document.activeElement as HTMLElement)
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length
    all[next]?.focus()
    all[next]?.scrollIntoView({ block: 'nearest' })
}

function back(): void {
    if (notices.now) notices.close()
    else if (camera.isOpen) camera.close()
    else nav.back()
}

function command(key: string): boolean {
    if (key === 'ArrowDown' || key === 'ArrowRight') walk(1)
    else if (key === 'ArrowUp' || key === 'ArrowLeft') walk(-1)
    else if (key === 'Escape') back()
    else return false
    return true
}

function pressDigit(): void {
    const settled = bursts.settle(performance.now())
    if (settled.is === 'digit' && !acting.busy && !camera.isOpen) document.querySelector<HTMLElement>(`[data-key="${settled.digit}"]:not(:disabled)`)?.click()
}

function keydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    if (isField(event.target)) {
        if (event.key === 'Escape') back()
        return
    }
    if (event.target instanceof HTMLCanvasElement && event.key.startsWith('Arrow')) return // moves the map
    const heard = event.repeat ? { is: 'idle' as const } : bursts.press(event, event.timeStamp)
    clearTimeout(settling)
    if (heard.is === 'scan') void scans.send(heard.code)
    else settling = setTimeout(pressDigit, settleAfterMs)
    const isOurs = heard.is !== 'idle' || acting.busy || command(event.key)
    if (!isOurs) return
    event.preventDefault()
    event.stopPropagation()
}

function paste(event: ClipboardEvent): void {
    const code = event.clipboardData?.getData('text').trim()
    if (code && !isField(event.target)) void scans.send(code)
}

export function listenToKeys(): void {
    addEventListener('keydown', keydown, { capture: true })
    addEventListener('paste', paste)
}
