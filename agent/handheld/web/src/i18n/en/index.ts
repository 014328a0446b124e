// All English texts.
import type { Text } from '@shared/dictionary'
import type { Key } from '../ru'
import { camera } from './camera'
import { common } from './common'
import { map } from './map'
import { people } from './people'
import { problems } from './problems'
import { stops } from './stops'
import { work } from './work'

export const en: Record<Key, Text> = { ...camera, ...common, ...map, ...people, ...problems, ...stops, ...work }
