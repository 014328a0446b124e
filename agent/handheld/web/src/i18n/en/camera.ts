import type { camera as russian } from '../ru/camera'
import type { Text } from '@shared/dictionary'

export const camera: Record<keyof typeof russian, Text> = {
    'camera.title': 'Camera scanner',
    'camera.aim': 'Point the frame at the code',
    'camera.opening': 'Starting the camera…',
    'camera.denied': 'The camera is not allowed',
    'camera.denied_more': 'Allow this page to use the camera in the browser, or type the code.',
    'camera.none': 'No camera',
    'camera.none_more': 'Type the code. Tell the dispatcher about the camera.',
    'camera.busy': 'The camera is in use',
    'camera.busy_more': 'Close the other program that uses the camera, and try again.',
    'camera.again': 'Try again',
    'camera.light': 'Torch on',
    'camera.dark': 'Torch off',
    'camera.close': 'Close the camera',
}
