// What was done with sorting, bags and trips: words of the audit log.
export const haulActs = {
    'act.depot.cell_named': 'Назвал ячейку сортировки',
    'act.depot.bag_opened': 'Завёл мешок',
    'act.depot.bag_closed': 'Закрыл мешок',
    'act.depot.bag_reopened': 'Снова открыл мешок',
    'act.depot.trip_opened': 'Начал рейс',
    'act.depot.trip_left': 'Отправил рейс',
    'act.depot.trip_closed': 'Закрыл рейс',
} as const
