// The file of the screens that are opened now and then: read once the first list stands, so that it is there when the
// agent is not.
type Screens = typeof import('./late/screens')
let screens: Promise<Screens> | null = null

export function later(): Promise<Screens> {
    screens ??= import('./late/screens')
    screens.catch(() => (screens = null)) // asked again when it is wanted
    return screens
}
