// Whole page: words of action, the state of the device, units.
export const common = {
    brand: '+7 Доставки',
    wait: 'Подождите…',
    saving: 'Сохраняем…',

    'do.back': 'Назад',
    'do.next': 'Дальше',
    'do.close': 'Закрыть',
    'do.undo_in': 'Отменить (ещё {n} мин)',
    'do.done': 'Готово',

    'agent.away': 'Программа на этом устройстве не отвечает',
    'agent.away_more': 'Подождите: страница пробует сама. Сохранённое не пропало.',
    'agent.foreign': 'Эту страницу нужно открыть заново',
    'agent.foreign_more': 'Программа на устройстве перезапущена. Закройте страницу и откройте её значком +7.',
    'page.broken': 'Этот экран не открылся',
    'page.again': 'К списку',
    'agent.unknown': 'Ответа нет. Неизвестно, сохранено ли: посмотрите список, прежде чем повторять.',

    'sync.sent': 'всё отправлено',
    'sync.waiting': {
        one: '{n} запись не отправлена',
        few: '{n} записи не отправлены',
        many: '{n} записей не отправлены',
        other: '{n} записи не отправлены',
    },
    'sync.oldest': 'самая старая {ago}',
    'sync.away': 'нет связи',
    'sync.away_since': 'нет связи с {time}',
    'sync.held': 'центр ждёт решения диспетчера',

    'trouble.gps_none': 'GPS не работает',
    'trouble.gps_lost': 'нет сигнала GPS',
    'trouble.battery': 'батарея {n} %',
    'trouble.storage': 'мало памяти',
    'trouble.scanner': 'сканер не подключён',

    'age.now': 'только что',
    'age.ago': '{age} назад',
    'age.second': '{n} с',
    'age.minute': '{n} мин',
    'age.hour': '{n} ч',
    'age.day': '{n} дн',
    'unit.m': '{n} м',
    'unit.km': '{n} км',
    'unit.mb': '{n} МБ',
    'unit.gb': '{n} ГБ',
    'unit.percent': '{n} %',

    'menu.title': 'Меню',
    'menu.end': 'Закончить смену',
    'menu.break': 'Перерыв',
    'menu.status': 'Состояние устройства',
    'menu.courier': 'Курьер {code}, смена с {time}',

}
