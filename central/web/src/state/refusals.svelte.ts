// Words for what central refuses. Central says it in English; the Russian for it is read behind the first page.
import type { inRussian } from '../i18n/ru/refusals'
import { prefs } from './prefs.svelte'

let russian = $state.raw<typeof inRussian | null>(null)
void import('../i18n/ru/refusals').then((words) => (russian = words.inRussian)).catch(() => undefined) // English stays

export const refusalText = (detail: string): string => (prefs.lang === 'ru' ? (russian?.(detail) ?? detail) : detail)
