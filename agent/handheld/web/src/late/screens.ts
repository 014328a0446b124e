// The screens that are not needed for the first list; a file of their own in the build, with their words.
import { learnLate } from '../i18n/index.svelte'
import { late } from '../i18n/ru/late'

learnLate(late)

export { default as Again } from './again.svelte'
export { default as Break } from './break.svelte'
export { default as Camera } from './camera.svelte'
export { default as Later } from './later.svelte'
export { default as SignIn } from './sign_in.svelte'
