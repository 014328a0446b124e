import type { Text } from '@shared/dictionary'
import type { chat as russian } from '../ru/chat'

export const chat: Record<keyof typeof russian, Text> = {
    'chat.tab': 'Messages',
    'chat.card': 'Courier',
    'chat.none': 'No messages yet',
    'chat.none_more': 'Write first: the message comes to the courier’s device as soon as it is connected.',
    'chat.earlier': 'Earlier',
    'chat.write': 'Message to the courier',
    'chat.send': 'Send',
    'chat.is.sent': 'sent',
    'chat.is.reached': 'on the device',
    'chat.is.read': 'read at {time}',
    'chat.is.late': 'arrived at {time}',
    'chat.coming': 'The text is on its way',
    'chat.lost': 'The device has lost the text',
    'chat.left': '{n} left',
}
