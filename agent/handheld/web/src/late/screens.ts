// The screens that are not needed for the first list; a file of their own in the build.
import { add } from '../i18n/index.svelte'
import { camera } from '../i18n/ru/camera'

add(camera)

export { default as Camera } from './camera.svelte'
export { default as Later } from './later.svelte'
export { default as SignIn } from './sign_in.svelte'
