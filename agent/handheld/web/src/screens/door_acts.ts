// The acts at the door, from the press to the screen that says "saved".
import { agent } from '../api/client'
import type { Again, Money, MoneyWay, Proof, Task } from '../api/types'
import { moneyText, slotText } from '../i18n/format.svelte'
import { t, word } from '../i18n/index.svelte'
import { sound } from '../lib/sounds'
import { acting } from '../state/acting.svelte'
import { desk } from '../state/desk.svelte'
import { nav, type Screen } from '../state/nav.svelte'
import { notes } from '../state/notes.svelte'
import { ticks } from '../state/ticks.svelte'

function saved(screen: Omit<Extract<Screen, { name: 'saved' }>, 'name'>): void {
    sound('good')
    nav.go({ name: 'saved', ...screen })
}

/** Back to the stop when something of it is still on board. */
function next(order: string): Screen | null {
    const isLeft = desk.state?.work.tasks.find((task) => task.order === order)?.parcels.some((parcel) => parcel.on_board)
    return isLeft ? { name: 'stop', order } : null
}

export async function deliver(task: Task, parcels: string[], proofs: Proof[]): Promise<void> {
    if (!(await acting.run(() => agent.deliver(parcels, proofs)))) return
    ticks.reset()
    saved({ title: t('saved.delivered', { n: parcels.length }), text: task.address, undo: { parcels }, after: next(task.order) })
}

export async function fail(task: Task, parcels: string[], how: { reason: string; photos: string[]; again: Again | null }): Promise<void> {
    const { calls } = notes.of(task.order)
    if (!(await acting.run(() => agent.fail(parcels, { ...how, calls })))) return
    notes.change(task.order, { calls: 0 }) // the next try is to be called for anew
    const undo = { parcels, then: () => notes.change(task.order, { calls }) }
    saved({ title: t('saved.failed', { reason: word('reason', how.reason) }), text: [how.again && slotText(how.again, desk.nowMs), task.address].filter(Boolean).join(' · '), undo, after: null })
}

export async function takeMoney(task: Task, due: Money, way: MoneyWay): Promise<void> {
    if (!(await acting.run(() => agent.takeMoney(task.order, due.minor, due.currency, way)))) return
    const title = t('saved.paid', { sum: moneyText(due), way: t(`pay.way.${way}`) })
    saved({ title, text: '', undo: { money: task.order }, after: { name: 'stop', order: task.order } })
}

export async function handBack(parcels: string[], site: { id: string; name: string }): Promise<void> {
    if (!(await acting.run(() => agent.handBack(parcels, site.id)))) return
    saved({ title: t('saved.returned', { n: parcels.length }), text: site.name, undo: { parcels }, after: null })
}
