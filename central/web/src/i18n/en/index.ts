import type { Text } from '@shared/dictionary'
import type { Key } from '../ru'
import { common } from './common'
import { field } from './field'
import { office } from './office'
import { orders } from './orders'
import { tariffs } from './tariffs'

export const en: Record<Key, Text> = { ...common, ...field, ...office, ...orders, ...tariffs }
