import { render } from 'preact';
import { html } from 'htm/preact';
import { applyTheme } from './theme.js';
import { Root } from './app.js';

applyTheme();
render(html`<${Root} />`, document.getElementById('app'));
