// Tells a keyboard-wedge scanner from fingers: it types fast and ends with Enter. Pure; times in milliseconds.

export interface Key {
    key: string
    code: string
    shiftKey: boolean
}

export type Heard = { is: 'idle' } | { is: 'digit'; digit: string } | { is: 'burst' } | { is: 'scan'; code: string }

const gapMs = 60 // scanners type every 1 to 30 ms, fingers every 100 and more
const shortest = 3

/** Feed it each key that goes down; a lone digit is told when it is clear that no burst follows (see `settle`). */
export class Bursts {
    private text = ''
    private lastMs = -Infinity

    press(key: Key, nowMs: number): Heard {
        const isFast = nowMs - this.lastMs <= gapMs
        if (key.key === 'Enter') {
            const code = this.text
            this.text = ''
            return isFast && code.length >= shortest ? { is: 'scan', code } : { is: 'idle' }
        }
        const char = charOf(key)
        if (char === '') return { is: 'idle' } // Shift and the like come inside of bursts too
        this.text = isFast ? this.text + char : char
        this.lastMs = nowMs
        return this.text.length > 1 ? { is: 'burst' } : { is: 'idle' }
    }

    /** To be asked when nothing came for a while: one digit alone was a finger. */
    settle(nowMs: number): Heard {
        if (nowMs - this.lastMs <= gapMs || !/^\d$/.test(this.text)) return { is: 'idle' }
        const digit = this.text
        this.text = ''
        return { is: 'digit', digit }
    }
}
export const settleAfterMs = gapMs + 20

const marks: Record<string, string> = {
    Comma: ',<', Period: '.>', Slash: '/?', Semicolon: ';:', Quote: '\'"', BracketLeft: '[{', BracketRight: ']}', Backquote: '`~', Backslash: '\\|',
    Minus: '-_', Equal: '=+', Digit1: '1!', Digit2: '2@', Digit3: '3#', Digit4: '4$', Digit5: '5%', Digit6: '6^', Digit7: '7&', Digit8: '8*', Digit9: '9(', Digit0: '0)',
}

/** The character that the scanner meant: a scanner types as on a US keyboard, whatever layout this machine has. */
export function charOf({ key, code, shiftKey }: Key): string {
    if ([...key].length !== 1) return ''
    const letter = /^Key([A-Z])$/.exec(code)?.[1]
    if (letter && !/^[A-Za-z]$/.test(key)) return shiftKey ? letter : letter.toLowerCase()
    return marks[code]?.[shiftKey ? 1 : 0] ?? key
}
