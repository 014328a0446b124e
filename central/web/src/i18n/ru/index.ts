// All Russian texts. They give the keys; English must have the same ones.
import type { Text } from '@shared/dictionary'
import { common } from './common'
import { field } from './field'
import { office } from './office'
import { orders } from './orders'
import type { rooms } from './rooms'

export const ru = { ...common, ...field, ...office, ...orders } satisfies Record<string, Text>

/** Keys of words that come with their room (learn). */
export type RoomKey = keyof typeof rooms
export type Key = keyof typeof ru | RoomKey
