// Keyboard shortcuts of the page. A key is the printed character ("/", "?"), a name ("Escape"), or two after each other
// ("g m"); "Ctrl+a" is with Ctrl or Cmd. Letters are taken by their place on the keyboard, so they also work with a Russian layout.

type Act = (event: KeyboardEvent) => void
export type Shortcuts = Record<string, Act>

const layers: Shortcuts[] = []
let leader = ''
let leaderTimer: ReturnType<typeof setTimeout> | undefined

/** Puts shortcuts on top of the earlier ones; call what it returns to take them away (fits $effect). */
export function useKeys(shortcuts: Shortcuts): () => void {
    layers.push(shortcuts)
    return () => void layers.splice(layers.indexOf(shortcuts), 1)
}

export function nameOfKey(event: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string {
    const letter = /^Key([A-Z])$/.exec(event.code)?.[1]
    if (letter && /^\p{L}$/u.test(event.key)) return letter.toLowerCase()
    if (event.key === '/' || event.key === '?') return event.key
    if (event.code === 'Slash') return event.shiftKey ? '?' : '/'
    return (event.shiftKey && event.key.length > 1 ? 'Shift+' : '') + event.key
}

function isTyping(target: EventTarget | null): boolean {
    const element = target as HTMLElement | null
    if (!element?.closest) return false
    return element.closest('input:not([type=range],[type=checkbox],[type=radio]),textarea,select') !== null
}

/** Space and Enter belong to the button or link that has the focus. */
function isPressing(target: EventTarget | null, name: string): boolean {
    const element = target as HTMLElement | null
    return (name === ' ' || name === 'Enter') && !!element?.closest?.('button,a,summary,input')
}

if (typeof document !== 'undefined') addEventListener('keydown', (event) => {
    if (event.altKey || event.defaultPrevented) return
    const name = (event.ctrlKey || event.metaKey ? 'Ctrl+' : '') + nameOfKey(event)
    if (isTyping(event.target) && name !== 'Escape') return
    if (isPressing(event.target, name)) return
    if (document.querySelector('dialog[open]')) return
    const pair = leader ? `${leader} ${name}` : ''
    const act = layers.findLast((layer) => (pair && layer[pair]) || layer[name])
    clearTimeout(leaderTimer)
    leader = name === 'g' ? 'g' : ''
    leaderTimer = setTimeout(() => (leader = ''), 1_200)
    const chosen = act?.[pair] ?? act?.[name]
    if (!chosen) return
    event.preventDefault()
    chosen(event)
})
