// What only the audit log says; loaded with its room.
export const audit = {
    'act.zone.imported': 'Загрузил зоны из файла',
    'act.zone.edited': 'Изменил зону',
    'act.slot.created': 'Завёл интервал',
    'act.slot.edited': 'Изменил интервал',
    'act.holiday.created': 'Добавил особый день',
    'act.holiday.removed': 'Убрал особый день',
    'act.tariff.created': 'Ввёл тариф',
    'act.tariff.opened': 'Вернул тариф из архива',
    'act.tariff.archived': 'Убрал тариф в архив',
    'audit.group.zone': 'Зоны',
    'audit.group.slot': 'Интервалы',
    'audit.group.tariff': 'Тарифы',
}
