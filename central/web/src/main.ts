import '@shared/tokens.css'
import '@shared/reset.css'
import './base.css'
import { mount } from 'svelte'
import App from './app.svelte'

const target = document.getElementById('app')
if (!target) throw new Error('index.html has no #app')
mount(App, { target })
