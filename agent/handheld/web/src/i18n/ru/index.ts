// The Russian texts of the first list. All Russian texts give the keys; English must have the same ones.
import type { Text } from '@shared/dictionary'
import type { camera } from './camera'
import { common } from './common'
import type { map } from './map'
import { people } from './people'
import { problems } from './problems'
import { stops } from './stops'
import { work } from './work'

export const ru = { ...common, ...people, ...problems, ...stops, ...work } satisfies Record<string, Text>

export type Key = keyof typeof ru | keyof typeof camera | keyof typeof map
