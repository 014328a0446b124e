import { access } from './access'
import { board } from './board'
import { chat } from './chat'
import { depot } from './depot'
import { map } from './map'
import { registries } from './registries'

export const rooms = { ...access, ...board, ...chat, ...depot, ...map, ...registries }
