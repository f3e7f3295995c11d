// The page of somebody who is logged in.
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { html } from 'htm/preact';
import { Icon } from '../components/icon.js';
import { t } from '../i18n/texts.js';
import { useModel } from '../model/observable.js';
import { Avatar, nameOf } from '../components/common.js';
import { lazy } from '../lazy.js';
import { ConversationView } from './conversation.js';
import { InboxView } from './inbox.js';
import { NewConversation, Shortcuts, Switcher } from './new.js';

const SearchView = lazy(() => import('./search.js'), 'SearchView');
const AnalystView = lazy(() => import('./analyst.js'), 'AnalystView');
const AuditView = lazy(() => import('./audit.js'), 'AuditView');
const AdminView = lazy(() => import('./admin.js'), 'AdminView');
const SettingsView = lazy(() => import('./settings.js'), 'SettingsView');

/** Where people with further roles work. */
const DESKS = [
  { path: 'analyst', roles: ['analyst', 'investigator'] },
  { path: 'audit', roles: ['auditor'] },
  { path: 'admin', roles: ['admin'] },
];

export function Home({ app }) {
  useModel(app.people);
  useModel(app.unsent);
  useModel(app.readsOnly ? app.inbox : null);
  const [, section, id, position, further] = location.pathname.split('/');
  const parameters = new URLSearchParams(location.search);

  // With the first drawing: whoever sees the page may press a key.
  useLayoutEffect(() => {
    const keyDown = (event) => {
      const command = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (command && !event.shiftKey && key === 'k') {
        event.preventDefault();
        app.show('switcher');
      } else if (command && event.shiftKey && key === 'f') {
        event.preventDefault();
        app.go('/search');
      } else if (command && event.shiftKey && key === 'o' && !app.readsOnly) {
        event.preventDefault();
        app.show('new');
      } else if (command && key === '/') {
        event.preventDefault();
        app.show('shortcuts');
      } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        event.preventDefault();
        const list = app.inbox.list;
        const at = list.findIndex((conversation) => location.pathname.startsWith(`/c/${conversation.id}`));
        const next = list[at + (event.key === 'ArrowDown' ? 1 : -1)] ?? list[0];
        if (next) {
          app.go(`/c/${next.id}`);
        }
      }
    };
    window.addEventListener('keydown', keyDown);
    return () => window.removeEventListener('keydown', keyDown);
  }, []);

  const close = () => app.show(null);
  const me = app.client.login.user;
  // Auditors are in no conversations, unless they were before.
  const onlyAudits = app.readsOnly && app.inbox.loaded && app.inbox.list.length === 0;
  useEffect(() => {
    if (onlyAudits && !section) {
      app.go('/audit', { replace: true });
    }
  }, [onlyAudits, section]);
  return html`<div class=${`home${section ? ' in-room' : ''}`}>
    <header class="bar">
      <h1><a href="/" onClick=${(event) => app.follow(event, '/')}><img src="/favicon.svg" alt="" width="28" height="28" /> Parley</a></h1>
      <${Status} app=${app} />
      <nav aria-label=${t('nav.main')}>
        ${DESKS.filter(({ roles }) => roles.some((role) => app.roles.includes(role))).map(({ path }) => html`<a key=${path} class="desk-link" href=${`/${path}`}
          aria-current=${section === path ? 'page' : undefined} onClick=${(event) => app.follow(event, `/${path}`)}>${t(`nav.${path}`)}</a>`)}
        <button type="button" class="icon wide-only" aria-label=${t('nav.shortcuts')} title=${t('nav.shortcuts')} onClick=${() => app.show('shortcuts')}><${Icon} name="keyboard" /></button>
        <a class="me" href="/settings" title=${t('nav.settings')} onClick=${(event) => app.follow(event, '/settings')}><${Avatar} people=${app.people} user=${me.id} /><span class="wide-only">${nameOf(app.people.get(me.id))}</span><span class="unseen">${t('nav.settings')}</span></a>
        <button type="button" class="quiet" onClick=${() => app.logOut()}>${t('nav.logout')}</button>
      </nav>
    </header>
    <div class="panes">
      <${InboxView} app=${app} open=${section === 'c' ? id : null} />
      <main>${section === 'c' && id ? html`<${ConversationView} key=${id} app=${app} id=${id} position=${Number(position) || null} />`
        : section === 'search' ? html`<${SearchView} app=${app} query=${parameters.get('q') ?? ''} conversation=${parameters.get('in') ?? undefined} />`
        : section === 'analyst' ? html`<${AnalystView} app=${app} />`
        : section === 'audit' ? html`<${AuditView} app=${app} part=${id} conversation=${position} position=${Number(further) || null} />`
        : section === 'admin' ? html`<${AdminView} app=${app} />`
        : section === 'settings' ? html`<${SettingsView} app=${app} />`
        : html`<p class="hint none">${t('room.none')}</p>`}</main>
    </div>
    ${app.opened === 'new' && html`<${NewConversation} app=${app} onClose=${close} />`}
    ${app.opened === 'switcher' && html`<${Switcher} app=${app} onClose=${close} />`}
    ${app.opened === 'shortcuts' && html`<${Shortcuts} onClose=${close} />`}
  </div>`;
}

function Status({ app }) {
  // The browser knows at once that there is no network, the client only after a silence.
  const status = navigator.onLine ? app.client.status : 'offline';
  if (status === 'online') {
    return html`<p class="status" role="status"></p>`;
  }
  return html`<p class="status" role="status"><span>${t(`status.${status}`)}</span>
    ${status === 'replaced' && html` <button type="button" class="link" onClick=${() => app.client.connect()}>${t('status.use-here')}</button>`}</p>`;
}
