import '@shared/tokens.css'
import '@shared/reset.css'
import './base.css'
import { mount } from 'svelte'
import App from './app.svelte'
import { desk } from './state/desk.svelte'
import { listenToKeys } from './state/keys'

const target = document.getElementById('app')
if (!target) throw new Error('index.html has no #app')
desk.start()
listenToKeys()
addEventListener('contextmenu', (event) => event.preventDefault()) // a long press of a glove
mount(App, { target })
