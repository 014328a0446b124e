// A form whose record somebody else changed meanwhile: what was typed stays, what was not takes the newer value. Pure.

export function rebase<T extends object>(typed: T, then: T, now: T): T {
    const names = Object.keys(now) as (keyof T)[]
    const same = (name: keyof T) => JSON.stringify(typed[name]) === JSON.stringify(then[name])
    return Object.fromEntries(names.map((name) => [name, same(name) ? now[name] : typed[name]])) as T
}
