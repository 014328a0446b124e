import type { Text } from '@shared/dictionary'
import type { Key } from '../ru'
import { chat } from './chat'
import { common } from './common'
import { field } from './field'
import { office } from './office'
import { orders } from './orders'

export const en: Record<Key, Text> = { ...chat, ...common, ...field, ...office, ...orders }
