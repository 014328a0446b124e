// All Russian texts. They give the keys; English must have the same ones.
import type { Text } from '@shared/dictionary'
import { chat } from './chat'
import { common } from './common'
import { field } from './field'
import { office } from './office'
import { orders } from './orders'

export const ru = { ...chat, ...common, ...field, ...office, ...orders } satisfies Record<string, Text>

export type Key = keyof typeof ru
