// All Russian texts. They give the keys; English must have the same ones.
import type { Text } from '@shared/dictionary'
import { access } from './access'
import { chat } from './chat'
import { common } from './common'
import { people } from './people'
import { problems } from './problems'
import { stops } from './stops'
import { work } from './work'

export const ru = { ...access, ...chat, ...common, ...people, ...problems, ...stops, ...work } satisfies Record<string, Text>

export type Key = keyof typeof ru
