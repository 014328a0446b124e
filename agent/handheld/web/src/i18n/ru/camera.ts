// The camera as a scanner: words that come with the file that shows it, see index.svelte.ts.
export const camera = {
    'camera.title': 'Сканер-камера',
    'camera.aim': 'Наведите рамку на код',
    'camera.opening': 'Включаем камеру…',
    'camera.denied': 'Камера запрещена',
    'camera.denied_more': 'Разрешите камеру этой странице в браузере или введите код вручную.',
    'camera.none': 'Камеры нет',
    'camera.none_more': 'Введите код вручную. О камере скажите диспетчеру.',
    'camera.busy': 'Камера занята',
    'camera.busy_more': 'Закройте другую программу с камерой и попробуйте ещё раз.',
    'camera.again': 'Попробовать ещё раз',
    'camera.light': 'Включить фонарик',
    'camera.dark': 'Выключить фонарик',
    'camera.close': 'Закрыть камеру',
}
