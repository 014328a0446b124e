// The talk with the dispatcher.
export const chat = {
    'chat.empty': 'Сообщений пока нет',
    'chat.coming': 'Текст ещё в пути',
    'chat.is.received': 'получено',
    'chat.is.waiting': 'ещё не отправлено',
    'chat.is.sent': 'отправлено',
    'chat.is.read': 'прочитано',
    'chat.phrases': 'Готовые фразы',
    'chat.text': 'Сообщение',
    'chat.send': 'Отправить',
    'chat.say.1': 'Опаздываю на 15 минут',
    'chat.say.2': 'Не могу дозвониться',
    'chat.say.3': 'Получатель просит другой день',
    'chat.say.4': 'Машина сломалась',
    'chat.say.5': 'Нужна помощь',
}
