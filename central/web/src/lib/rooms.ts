// THE table of rooms: where each is, who may enter, which key goes there.
import type { Component } from 'svelte'
import type { Role } from '../api/types'
import type { IconName } from '../ui/icon.svelte'

export interface Room {
    name: 'map' | 'orders' | 'board' | 'registries' | 'depot' | 'sites' | 'rules' | 'devices' | 'staff' | 'access' | 'audit' | 'account'
    path: string
    key: string
    icon: IconName
    roles: Role[] // besides admin
    load: () => Promise<{ default: Component }>
}

const rooms: Room[] = [
    {
        name: 'map', path: '/map', key: 'm', icon: 'map', roles: ['dispatcher', 'operator', 'depot'],
        load: () => import('../rooms/map/map_room.svelte'),
    },
    {
        name: 'orders', path: '/orders', key: 'o', icon: 'box', roles: ['dispatcher', 'operator', 'depot'],
        load: () => import('../rooms/orders/orders_room.svelte'),
    },
    {
        name: 'board', path: '/board', key: 'b', icon: 'board', roles: ['dispatcher', 'operator', 'depot'],
        load: () => import('../rooms/board/board_room.svelte'),
    },
    {
        name: 'registries', path: '/registries', key: 'r', icon: 'list', roles: ['dispatcher', 'operator', 'depot'],
        load: () => import('../rooms/registries/registries_room.svelte'),
    },
    {
        name: 'depot', path: '/depot', key: 'w', icon: 'scan', roles: ['dispatcher', 'depot'],
        load: () => import('../rooms/depot/depot_room.svelte'),
    },
    {
        name: 'sites', path: '/sites', key: 'l', icon: 'depot', roles: ['dispatcher', 'operator', 'depot'],
        load: () => import('../rooms/sites/sites_room.svelte'),
    },
    {
        name: 'rules', path: '/rules', key: 'z', icon: 'tag', roles: ['dispatcher', 'operator', 'depot'],
        load: () => import('../rooms/rules/rules_room.svelte'),
    },
    {
        name: 'devices', path: '/devices', key: 'd', icon: 'device', roles: ['dispatcher', 'depot'],
        load: () => import('../rooms/devices/devices_room.svelte'),
    },
    { name: 'staff', path: '/staff', key: 's', icon: 'people', roles: [], load: () => import('../rooms/staff/staff_room.svelte') },
    { name: 'access', path: '/access', key: 'k', icon: 'key', roles: [], load: () => import('../rooms/access/access_room.svelte') },
    { name: 'audit', path: '/audit', key: 'a', icon: 'book', roles: [], load: () => import('../rooms/audit/audit_room.svelte') },
    {
        name: 'account', path: '/account', key: 'p', icon: 'person', roles: [],
        load: () => import('../rooms/account/account_room.svelte'),
    },
]

export function roomAt(path: string): Room | null {
    return rooms.find((room) => path === room.path) ?? null
}

/** The rooms of the rail; the own account is everybody's and stands apart. */
export function roomsFor(own: readonly Role[]): Room[] {
    const mayEnter = (room: Room) => own.includes('admin') || room.roles.some((role) => own.includes(role))
    return rooms.filter((room) => room.name !== 'account' && mayEnter(room))
}

export function homeOf(allowed: readonly Room[]): string {
    return allowed[0]?.path ?? '/account'
}
