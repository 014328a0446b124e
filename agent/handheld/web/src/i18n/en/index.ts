// All English texts.
import type { Text } from '@shared/dictionary'
import type { Key } from '../ru'
import { access } from './access'
import { chat } from './chat'
import { common } from './common'
import { hand } from './hand'
import { people } from './people'
import { problems } from './problems'
import { stops } from './stops'
import { work } from './work'

export const en: Record<Key, Text> = { ...access, ...chat, ...common, ...hand, ...people, ...problems, ...stops, ...work }
