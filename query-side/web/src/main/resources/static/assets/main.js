import './model/start.js';
import { render } from 'preact';
import { html } from 'htm/preact';
import { followPolicy } from './model/policy.js';
import { applyTheme } from './theme.js';
import { Root } from './app.js';

applyTheme();
followPolicy();
render(html`<${Root} />`, document.getElementById('app'));
