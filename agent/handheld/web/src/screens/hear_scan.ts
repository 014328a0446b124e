// A code that is scanned while nothing is taken in: it opens its stop, or is compared with the stop that is open.
import type { Scan } from '../api/types'
import { t } from '../i18n/index.svelte'
import { sound } from '../lib/sounds'
import { desk } from '../state/desk.svelte'
import { nav } from '../state/nav.svelte'
import { notices, problemText } from '../state/notice.svelte'

const onBreak = 'end the break first' // agent/app/shift
const isOnList = (scan: Scan) => scan.outcome === 'good' || scan.outcome === 'known'
const taskOf = (scan: Scan) => desk.state?.work.tasks.find(({ order }) => order === scan.order)

export function hearScan(scan: Scan): void {
    const { screen } = nav
    if (desk.state?.floor) return nav.only({ name: 'floor', what: 'sort' }) // it shows where the parcel goes
    const task = taskOf(scan)
    if (!('order' in screen) || !isOnList(scan) || !task) return openScanned(scan)
    if (task.order === screen.order) notices.show({ tone: 'good', title: t('stop.right_parcel'), text: scan.code })
    else notices.show({ tone: 'bad', title: t('stop.wrong_parcel', { number: task.number }), text: scan.code })
}

/** A badge or a colleague's code: what it did is said, whatever screen is open. */
export function hearHandCode(scan: Scan): void {
    notices.close()
    if (scan.outcome === 'bad') notices.show({ tone: 'bad', title: t('scan.refused'), text: problemText(scan.why) })
    else if (scan.kind === 'badge') sound('good')
    else if (scan.kind === 'recipient') notices.show({ tone: 'good', title: t('step.code_right'), text: '' })
    else if (scan.kind === 'invitation') {
        sound('good')
        if (nav.screen.name !== 'give') nav.only({ name: 'give' })
    } else if (scan.outcome === 'known') notices.show({ tone: 'bad', title: t('scan.known'), text: '' })
    else notices.show({ tone: 'good', title: t('invite.taken', { n: scan.parcels, code: scan.code }), text: taskOf(scan)?.address ?? '' })
}

export function openScanned(scan: Scan): void {
    const task = taskOf(scan)
    if (task && isOnList(scan)) {
        notices.close()
        sound('good')
        return nav.only({ name: 'stop', order: task.order })
    }
    const title = scan.why === onBreak ? t('scan.refused') : scan.outcome === 'bad' ? t('scan.bad') : t('scan.unexpected')
    notices.show({ tone: 'bad', title, text: scan.why ? problemText(scan.why) : scan.code })
}
