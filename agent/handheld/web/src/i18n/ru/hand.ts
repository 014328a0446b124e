// Sign-in and parcels from courier to courier: what only their screens say.
export const hand = {
    'sign_in.badge': 'Отсканируйте свой бейдж',
    'sign_in.badge_more': 'Связь для этого не нужна.',
    'sign_in.pin': 'ПИН курьера {code}',
    'sign_in.pin_label': 'ПИН',
    'sign_in.ready': 'Вход выполнен',
    'sign_in.ready_more': 'Можно начинать смену.',
    'sign_in.locked': 'Пять неверных ПИНов',
    'sign_in.locked_more': 'Позвоните диспетчеру: он выдаст новый ПИН.',

    'give.scan': 'Отсканируйте код коллеги: Меню → Принять от коллеги',
    'give.to': 'Коллега {code}',
    'give.what': 'Что передаёте?',
    'give.parcels': { one: '{n} место', few: '{n} места', many: '{n} мест', other: '{n} места' },
    'give.choose': 'Отметьте, что передаёте',
    'give.scan_first': 'Отсканируйте код коллеги',
    'give.go': { one: 'Передать {n} заказ: {code}', few: 'Передать {n} заказа: {code}', many: 'Передать {n} заказов: {code}', other: 'Передать {n} заказа: {code}' },
    'goods.title': 'Передано: {n} из {m}',
    'goods.show': 'Пусть {code} отсканирует этот код',
    'invite.show': 'Покажите этот код коллеге',
    'invite.then': 'Он отметит, что передаёт, и покажет свой код: отсканируйте его.',
}
