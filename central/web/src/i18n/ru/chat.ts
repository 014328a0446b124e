// The talk with a courier.
export const chat = {
    'chat.tab': 'Сообщения',
    'chat.card': 'Курьер',
    'chat.none': 'Сообщений ещё нет',
    'chat.none_more': 'Напишите первым: сообщение придёт на устройство курьера, как только там будет связь.',
    'chat.earlier': 'Раньше',
    'chat.write': 'Сообщение курьеру',
    'chat.send': 'Отправить',
    'chat.is.sent': 'отправлено',
    'chat.is.reached': 'на устройстве',
    'chat.is.read': 'прочитано в {time}',
    'chat.is.late': 'дошло в {time}',
    'chat.coming': 'Текст ещё в пути',
    'chat.lost': 'Текст потерян на устройстве',
    'chat.left': 'осталось {n}',
}
