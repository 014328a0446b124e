// Good and bad are told apart without looking: one high short tone, or two low ones; and by the hand.
let context: AudioContext | null = null

function tone(at: AudioContext, hertz: number, fromS: number, lastsS: number): void {
    const from = at.currentTime + fromS
    const source = new OscillatorNode(at, { type: 'square', frequency: hertz })
    const volume = new GainNode(at, { gain: 0 })
    volume.gain.setValueAtTime(0.25, from)
    volume.gain.setValueAtTime(0, from + lastsS)
    source.connect(volume).connect(at.destination)
    source.start(from)
    source.stop(from + lastsS)
}

export function sound(is: 'good' | 'bad'): void {
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(is === 'good' ? 60 : [150, 80, 150])
    try {
        context ??= new AudioContext()
        void context.resume()
        if (is === 'good') tone(context, 1_760, 0, 0.09)
        else for (const from of [0, 0.28]) tone(context, 220, from, 0.2)
    } catch {
        // a machine without sound
    }
}
