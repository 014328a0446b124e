// All English texts.
import type { Text } from '@shared/dictionary'
import type { Key } from '../ru'
import { access } from './access'
import { breaks } from './breaks'
import { camera } from './camera'
import { chat } from './chat'
import { common } from './common'
import { device } from './device'
import { floor } from './floor'
import { hand } from './hand'
import { map } from './map'
import { people } from './people'
import { problems } from './problems'
import { stops } from './stops'
import { work } from './work'

export const en: Record<Key, Text> = { ...access, ...breaks, ...camera, ...chat, ...common, ...device, ...floor, ...hand, ...map, ...people, ...problems, ...stops, ...work }
