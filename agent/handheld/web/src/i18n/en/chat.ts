import type { chat as russian } from '../ru/chat'
import type { Text } from '@shared/dictionary'

export const chat: Record<keyof typeof russian, Text> = {
    'chat.empty': 'No messages yet',
    'chat.coming': 'The text is on its way',
    'chat.is.received': 'received',
    'chat.is.waiting': 'not sent yet',
    'chat.is.sent': 'sent',
    'chat.is.read': 'read',
    'chat.phrases': 'Ready phrases',
    'chat.text': 'Message',
    'chat.send': 'Send',
    'chat.say.1': 'Running 15 minutes late',
    'chat.say.2': 'Cannot get through by phone',
    'chat.say.3': 'The recipient asks for another day',
    'chat.say.4': 'The car broke down',
    'chat.say.5': 'I need help',
}
