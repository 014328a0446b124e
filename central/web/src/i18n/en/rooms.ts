import { access } from './access'
import { depot } from './depot'

export const rooms = { ...access, ...depot }
