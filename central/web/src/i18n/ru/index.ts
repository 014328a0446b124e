// All Russian texts. They give the keys; English must have the same ones.
import type { Text } from '@shared/dictionary'
import { common } from './common'
import { field } from './field'
import { office } from './office'
import { orders } from './orders'
import { tariffs } from './tariffs'

export const ru = { ...common, ...field, ...office, ...orders, ...tariffs } satisfies Record<string, Text>

export type Key = keyof typeof ru
