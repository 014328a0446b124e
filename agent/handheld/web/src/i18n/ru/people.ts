// Between colleagues: parcels from courier to courier, the dispatcher, the pickup point. Their screens’ own words: hand.ts.
export const people = {
    'give.title': 'Передать коллеге',
    'goods.again': 'Показать код для {code}',
    'invite.title': 'Принять от коллеги',
    'invite.taken': { one: 'Принято от {code}: {n} место', few: 'Принято от {code}: {n} места', many: 'Принято от {code}: {n} мест', other: 'Принято от {code}: {n} места' },
    'stop.undo.given': 'Отменить передачу (ещё {n} мин)',
    'gone.given': 'передано',

    'chat.title': 'Чат с диспетчером',
    'chat.who': 'Диспетчер {name}',
    'chat.new': 'новое',
    'access.title': 'Кто смотрел, где я',

    'point.on_shelf': 'на полке',
    'point.coming': 'едет',
    'point.hand_in': 'Оставить в пункте: {name}',
    'point.goes_to': 'Пункт выдачи',
    'point.until': 'хранится до {day}',
    'point.over': 'срок хранения вышел',
    'point.find': 'Найти',
    'point.empty': 'В пункте ничего нет',
    'point.empty_more': 'Принимайте места сканером, когда их привезут.',
}
