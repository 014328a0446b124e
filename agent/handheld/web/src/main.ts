import '@shared/tokens.css'
import '@shared/reset.css'
import './base.css'
import { mount } from 'svelte'
import App from './app.svelte'
import { floorFile } from './floor'
import { later } from './late'
import { mapFile } from './map'
import { learn } from './i18n/index.svelte'
import { desk } from './state/desk.svelte'
import { prefs } from './state/prefs.svelte'
import { listenToKeys } from './state/keys'

const target = document.getElementById('app')
if (!target) throw new Error('index.html has no #app')
desk.start()
listenToKeys()
addEventListener('contextmenu', (event) => event.preventDefault()) // a long press of a glove
requestIdleCallback(() => void later().then(mapFile).then(floorFile).catch(() => undefined), { timeout: 5_000 })
void learn(prefs.lang).finally(() => mount(App, { target }))
