import type { breaks as russian } from '../ru/breaks'
import type { Text } from '@shared/dictionary'

export const breaks: Record<keyof typeof russian, Text> = {
    'break.title': 'On a break since {time}',
    'break.more': 'Your place is not recorded and not sent.',
    'break.code': 'Scanned: {code}',
    'break.code_more': 'The code is saved, but nothing is taken. Go on with the shift, and it works.',
    'break.go': 'Go on with the shift',
    'break.go_code': 'Go on and use the code',
    'problem:end the break first': 'End the break first',
    'problem:there is no break to end': 'There is no break to end',

    'again.title': 'When do they want it?',
    'again.today': 'Today',
    'again.tomorrow': 'Tomorrow',
    'again.day': 'All day',
    'again.unsaid': 'They did not say',
    "problem:the recipient's time must lie ahead, within two weeks": 'The recipient’s time must lie ahead, within two weeks',
}
