// What stands on the map now: a motion per courier and the groups of pins at the current scale.
import { states, type CourierNow } from '../lib/couriers'
import { clusterPins, spread, type Cluster, type Pin } from './cluster'
import { project, type Point } from './geo'
import { Motion } from './motion'

export interface Standing {
    courier: CourierNow
    motion: Motion
}

export interface Group {
    center: Point // map units
    radius: number // pixels
    members: Standing[]
}

const spreadZoom = 17.5 // from here a stack of pins is laid out around its place instead of being counted
const spreadMost = 24

export class Scene {
    readonly standing = new Map<string, Standing>()
    selected: string | null = null
    private groups: Group[] = []
    private groupedAt = 0 // resolution
    private stale = true

    /** Takes the couriers that the filter shows; couriers without a place are left out. */
    update(couriers: Iterable<CourierNow>, nowMs: number, glide: boolean): void {
        const seen = new Set<string>()
        for (const courier of couriers) {
            if (courier.lat === null || courier.lon === null || courier.fixMs === null) continue
            if (courier.state === 'off_shift') continue
            seen.add(courier.id)
            const place = { at: project(courier.lat, courier.lon), fixMs: courier.fixMs }
            const known = this.standing.get(courier.id)
            if (!known) {
                this.standing.set(courier.id, { courier, motion: new Motion(place) })
                continue
            }
            known.courier = courier
            if (glide) known.motion.accept(place, nowMs)
            else if (place.fixMs > known.motion.newest.fixMs) known.motion = new Motion(place)
        }
        for (const id of this.standing.keys()) if (!seen.has(id)) this.standing.delete(id)
        this.stale = true
    }

    select(id: string | null): void {
        this.selected = id
        this.stale = true
    }

    isMoving(nowMs: number): boolean {
        for (const { motion } of this.standing.values()) if (motion.isMoving(nowMs)) return true
        return false
    }

    /** Groups at this resolution (map units per pixel), made anew only when something changed. */
    groupsAt(resolution: number): Group[] {
        if (!this.stale && this.groupedAt === resolution) return this.groups
        this.stale = false
        this.groupedAt = resolution
        const pins: Pin[] = []
        for (const [id, { courier, motion }] of this.standing) {
            const [x, y] = motion.newest.at
            pins.push({ id, x: x / resolution, y: -y / resolution, rank: states.indexOf(courier.state) })
        }
        const alone = new Set(this.selected === null ? [] : [this.selected])
        this.groups = clusterPins(pins, alone).map((cluster) => this.groupOf(cluster, resolution))
        return this.groups
    }

    private groupOf(cluster: Cluster, resolution: number): Group {
        const members = cluster.pins.map((pin) => this.standing.get(pin.id) as Standing)
        return { center: [cluster.x * resolution, -cluster.y * resolution], radius: cluster.radius, members }
    }
}

/** True when the group is shown pin by pin around its centre. */
export function isSpread(group: Group, zoom: number): boolean {
    return group.members.length > 1 && zoom >= spreadZoom && group.members.length <= spreadMost
}

export function spreadPlaces(group: Group): [number, number][] {
    return spread(group.members.length)
}
