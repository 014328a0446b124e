import { access } from './access'
import { board } from './board'
import { depot } from './depot'

export const rooms = { ...access, ...board, ...depot }
