// The words that come with their rooms (learn), all of them: for their keys and for the tests; no page reads this file.
import { access } from './access'
import { audit } from './audit'
import { board } from './board'
import { chat } from './chat'
import { depot } from './depot'
import { haul } from './haul'
import { map } from './map'
import { prices } from './prices'
import { registries } from './registries'
import { staff } from './staff'
import { tariffs } from './tariffs'

export const rooms = { ...access, ...audit, ...board, ...chat, ...depot, ...haul, ...map, ...prices, ...registries, ...staff, ...tariffs }
