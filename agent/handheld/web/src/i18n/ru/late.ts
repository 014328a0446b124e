// The words of the screens that come later; they come with them.
import { access } from './access'
import { breaks } from './breaks'
import { camera } from './camera'
import { chat } from './chat'
import { device } from './device'
import { hand } from './hand'

export const late = { ...access, ...breaks, ...camera, ...chat, ...device, ...hand }
