import { access } from './access'
import { board } from './board'
import { depot } from './depot'
import { registries } from './registries'

export const rooms = { ...access, ...board, ...depot, ...registries }
