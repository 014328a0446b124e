import { access } from './access'
import { board } from './board'
import { depot } from './depot'
import { haul } from './haul'
import { haulActs } from './haul_acts'
import { registries } from './registries'

export const rooms = { ...access, ...board, ...depot, ...haul, ...haulActs, ...registries }
