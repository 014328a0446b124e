// localStorage that may be missing or full: the page works without it and forgets at the next load.
const prefix = 'plus7.handheld.'

export function load(name: string): string | null {
    try {
        return localStorage.getItem(prefix + name)
    } catch {
        return null
    }
}

export function store(name: string, value: string): void {
    try {
        localStorage.setItem(prefix + name, value)
    } catch {
        // it holds until the page is closed
    }
}
