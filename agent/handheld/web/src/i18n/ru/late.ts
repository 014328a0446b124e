// The words of the screens that come later; they come with them.
import { access } from './access'
import { camera } from './camera'
import { chat } from './chat'
import { hand } from './hand'

export const late = { ...access, ...camera, ...chat, ...hand }
