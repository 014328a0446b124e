// Who looked at the courier's place.
export const access = {
    'access.none': 'За последние дни никто не смотрел',
    'access.away': 'Записи сейчас не читаются',
    'access.someone': 'Сотрудник',
    'access.live': 'место на карте',
    'access.track': 'ваш путь',
    'access.track_of': 'ваш путь {from} – {to}',
    'access.events': 'события смены',
    'access.unknown': 'другие данные',
    'role.admin': 'администратор',
    'role.dispatcher': 'диспетчер',
    'role.operator': 'оператор',
    'role.analyst': 'аналитик',
    'role.depot': 'склад',
}
