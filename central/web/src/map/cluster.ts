// Groups of pins that would overlap on the screen, merged by distance until no two circles touch. Coordinates are
// screen pixels of any origin; the caller keeps the origin fixed while the map is dragged, so groups do not flicker.

export interface Pin {
    id: string
    x: number
    y: number
    rank: number // problems first: the lower, the earlier a pin draws others to itself
}

export interface Cluster {
    x: number
    y: number
    radius: number
    pins: Pin[]
}

const pinRadius = 13

export function clusterRadius(count: number): number {
    return count === 1 ? pinRadius : Math.min(30, 14 + 3.2 * Math.log2(count))
}

/** Every pin is in exactly one cluster; pins named in `alone` (selected ones) are never grouped. */
export function clusterPins(pins: readonly Pin[], alone: ReadonlySet<string>): Cluster[] {
    const ordered = [...pins].sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
    const singles = ordered.filter((pin) => alone.has(pin.id)).map(newCluster)
    let groups = ordered.filter((pin) => !alone.has(pin.id)).map(newCluster)
    for (let before = Infinity; groups.length < before; ) {
        before = groups.length
        groups = mergePass(groups)
    }
    return [...groups, ...singles]
}

function newCluster(pin: Pin): Cluster {
    return { x: pin.x, y: pin.y, radius: pinRadius, pins: [pin] }
}

const cell = 64 // not less than the widest sum of two radii, so that neighbours are enough

function mergePass(groups: Cluster[]): Cluster[] {
    const grid = new Map<string, Cluster[]>()
    const kept: Cluster[] = []
    for (const group of groups) {
        const near = findTouching(grid, group)
        if (near) {
            leave(grid, near)
            absorb(near, group)
            enter(grid, near)
        } else {
            kept.push(group)
            enter(grid, group)
        }
    }
    return kept
}

function findTouching(grid: Map<string, Cluster[]>, group: Cluster): Cluster | undefined {
    const column = Math.floor(group.x / cell)
    const row = Math.floor(group.y / cell)
    for (let dx = -1; dx <= 1; dx++)
        for (let dy = -1; dy <= 1; dy++)
            for (const other of grid.get(`${column + dx}:${row + dy}`) ?? [])
                if (Math.hypot(other.x - group.x, other.y - group.y) < other.radius + group.radius) return other
    return undefined
}

const keyOf = (group: Cluster) => `${Math.floor(group.x / cell)}:${Math.floor(group.y / cell)}`

function enter(grid: Map<string, Cluster[]>, group: Cluster): void {
    const key = keyOf(group)
    const list = grid.get(key)
    if (list) list.push(group)
    else grid.set(key, [group])
}

function leave(grid: Map<string, Cluster[]>, group: Cluster): void {
    const key = keyOf(group)
    grid.set(key, (grid.get(key) ?? []).filter((other) => other !== group))
}

function absorb(into: Cluster, group: Cluster): void {
    const total = into.pins.length + group.pins.length
    into.x = (into.x * into.pins.length + group.x * group.pins.length) / total
    into.y = (into.y * into.pins.length + group.y * group.pins.length) / total
    into.pins.push(...group.pins)
    into.radius = clusterRadius(total)
}

/** Places for the pins of a stacked cluster around its centre, at most 10 to a ring; the first at the top. */
export function spread(count: number): [dx: number, dy: number][] {
    const places: [number, number][] = []
    for (let ring = 0; places.length < count; ring++) {
        const inRing = Math.min(count - places.length, 10 + ring * 6)
        const radius = Math.max(20, (inRing * 2 * pinRadius) / (2 * Math.PI)) + ring * 30
        for (let i = 0; i < inRing; i++) {
            const angle = (i / inRing) * 2 * Math.PI - Math.PI / 2
            places.push([radius * Math.cos(angle), radius * Math.sin(angle)])
        }
    }
    return places
}
