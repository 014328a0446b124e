import type { Text } from '@shared/dictionary'
import type { Key } from '../ru'
import { board } from './board'
import { common } from './common'
import { field } from './field'
import { office } from './office'
import { orders } from './orders'

export const en: Record<Key, Text> = { ...board, ...common, ...field, ...office, ...orders }
