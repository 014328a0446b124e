// What the floor hears: one sound for good, one for "look", one for "no". Made by WebAudio; silent where there is none.
import type { Scanned } from '../../api/types'

type Tone = Scanned['tone']

interface Note {
    hertz: number
    from: number // seconds
    to: number
    shape: OscillatorType
}
const notes: Record<Tone, Note[]> = {
    good: [{ hertz: 1320, from: 0, to: 0.11, shape: 'sine' }],
    warn: [
        { hertz: 740, from: 0, to: 0.12, shape: 'triangle' },
        { hertz: 740, from: 0.17, to: 0.29, shape: 'triangle' },
    ],
    ask: [
        { hertz: 620, from: 0, to: 0.14, shape: 'triangle' },
        { hertz: 930, from: 0.16, to: 0.34, shape: 'triangle' },
    ],
    refused: [{ hertz: 180, from: 0, to: 0.45, shape: 'square' }],
}

let context: AudioContext | null = null

export function play(tone: Tone): void {
    try {
        context ??= new AudioContext()
        void context.resume()
        for (const note of notes[tone]) sound(context, note)
    } catch {
        // no sound card: the screen says it too
    }
}

function sound(audio: AudioContext, { hertz, from, to, shape }: Note): void {
    const wave = audio.createOscillator()
    const loudness = audio.createGain()
    wave.type = shape
    wave.frequency.value = hertz
    const start = audio.currentTime + from
    const end = audio.currentTime + to
    loudness.gain.setValueAtTime(0.0001, start)
    loudness.gain.exponentialRampToValueAtTime(0.25, start + 0.01)
    loudness.gain.exponentialRampToValueAtTime(0.0001, end)
    wave.connect(loudness).connect(audio.destination)
    wave.start(start)
    wave.stop(end)
}
