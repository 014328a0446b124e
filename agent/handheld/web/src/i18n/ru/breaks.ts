// A break of the shift, and when a recipient wants the next attempt.
export const breaks = {
    'break.title': 'Перерыв с {time}',
    'break.more': 'Ваше место не записывается и не передаётся.',
    'break.code': 'Отсканировано: {code}',
    'break.code_more': 'Код записан, но место не принято. Продолжите смену — и он сработает.',
    'break.go': 'Продолжить смену',
    'break.go_code': 'Продолжить и принять код',
    'problem:end the break first': 'Сначала закончите перерыв',
    'problem:there is no break to end': 'Перерыв не начат',

    'again.title': 'Когда ждут?',
    'again.today': 'Сегодня',
    'again.tomorrow': 'Завтра',
    'again.day': 'Весь день',
    'again.unsaid': 'Время не назвали',
    "problem:the recipient's time must lie ahead, within two weeks": 'Время получателя должно быть впереди, не дальше двух недель',
}
