// An edit of a record. Pure.

/** Somebody else changed the record meanwhile: what was typed stays, what was not takes the newer value. */
export function rebase<T extends object>(typed: T, then: T, now: T): T {
    const names = Object.keys(now) as (keyof T)[]
    const same = (name: keyof T) => JSON.stringify(typed[name]) === JSON.stringify(then[name])
    return Object.fromEntries(names.map((name) => [name, same(name) ? now[name] : typed[name]])) as T
}

/** What is sent: only what was changed. */
export function changed<T extends object>(now: T, then: T): Partial<T> {
    const names = Object.keys(now) as (keyof T)[]
    const same = (name: keyof T) => JSON.stringify(now[name]) === JSON.stringify(then[name])
    return Object.fromEntries(names.filter((name) => !same(name)).map((name) => [name, now[name]])) as Partial<T>
}
