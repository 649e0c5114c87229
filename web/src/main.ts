import { mount } from 'svelte';
import './style.css';
import Page from './Page.svelte';
import { start_router } from './router';

start_router();
mount(Page, { target: document.getElementById('app')! });
