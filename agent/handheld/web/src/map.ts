// The file of the map: read when it is wanted, and ahead once the list stands.
type File = typeof import('./map/map.svelte')
let file: Promise<File> | null = null

export function mapFile(): Promise<File> {
    file ??= import('./map/map.svelte')
    file.catch(() => (file = null)) // asked again when it is wanted
    return file
}
