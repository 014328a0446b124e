// The file of a depot's floor: read when it is wanted, and ahead once the first screen stands.
type File = typeof import('./floor/floor.svelte')
let file: Promise<File> | null = null

export function floorFile(): Promise<File> {
    file ??= import('./floor/floor.svelte')
    file.catch(() => (file = null)) // asked again when it is wanted
    return file
}
