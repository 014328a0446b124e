import type { Text } from '@shared/dictionary'
import type { ru } from '../ru'
import { common } from './common'
import { field } from './field'
import { office } from './office'
import { orders } from './orders'

export const en: Record<keyof typeof ru, Text> = { ...common, ...field, ...office, ...orders }
