// The list of conversations.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { Icon } from '../components/icon.js';
import { brief, isolated, t } from '../i18n/texts.js';
import { Menu } from '../components/menu.js';
import { useModel } from '../model/observable.js';
import { Avatar, ProblemNote, excerpt, nameOf, useAction } from '../components/common.js';
import { titleOf } from './conversation.js';

const WATCHED = 100;

/** The height of an item, as app.css has it, in rem. */
const ITEM_REM = 3.75;

/** Items that are drawn above and below those in sight. */
const BEYOND = 8;

const itemHeight = () => ITEM_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);

export function InboxView({ app, open }) {
  const { inbox, people } = app;
  useModel(inbox);
  useModel(people);
  const [filter, setFilter] = useState('');
  const { run, problem } = useAction();
  const wanted = filter.trim().toLowerCase();
  const shown = inbox.list.filter((conversation) => !wanted || titleOf(app, conversation).toLowerCase().includes(wanted));

  const list = useRef(null);
  const [sight, setSight] = useState({ first: 0, count: 30 });
  const look = () => {
    const height = itemHeight();
    const first = Math.floor(list.current.scrollTop / height);
    const count = Math.ceil(list.current.clientHeight / height) + 1;
    if (first !== sight.first || count !== sight.count) {
      setSight({ first, count });
    }
  };
  useLayoutEffect(look);
  useEffect(() => {
    window.addEventListener('resize', look);
    return () => window.removeEventListener('resize', look);
  });
  const from = Math.max(0, Math.min(sight.first - BEYOND, shown.length));
  const to = Math.min(shown.length, sight.first + sight.count + BEYOND);

  useEffect(() => {
    people.watch(inbox.list.filter((c) => c.kind === 'direct' && c.with).slice(0, WATCHED).map((c) => c.with));
  }, [inbox.list.length, inbox.loaded]);

  return html`<nav class="inbox" aria-label=${t('inbox.title')}>
    <header class="row"><h2 class="grow">${t('inbox.title')}</h2>
      <button type="button" class="icon" aria-label=${t('nav.search')} title=${t('nav.search')} onClick=${() => app.go('/search')}><${Icon} name="search" /></button>
      ${!app.readsOnly && html`<button type="button" onClick=${() => app.show('new')}>${t('nav.new')}</button>`}</header>
    <input type="search" aria-label=${t('inbox.filter')} placeholder=${t('inbox.filter')} value=${filter} onInput=${(event) => setFilter(event.target.value)} />
    <${ProblemNote} problem=${problem} />
    ${inbox.loaded && inbox.list.length === 0 && !app.readsOnly && html`<p class="hint pad">${t('inbox.empty')}</p>`}
    ${!inbox.loaded && html`<p class="hint pad" role="status">${t('loading')}</p>`}
    <ul ref=${list} onScroll=${({ target }) => {
      look();
      if (inbox.hasMore && target.scrollHeight - target.scrollTop - target.clientHeight < 400) {
        run(() => inbox.more());
      }
    }}>
      ${from > 0 && html`<li key="above" role="presentation" style=${{ height: `${from * ITEM_REM}rem` }}></li>`}
      ${shown.slice(from, to).map((conversation, i) => html`<${Item} key=${conversation.id} app=${app} conversation=${conversation} current=${conversation.id === open} run=${run}
        place=${from + i + 1} of=${inbox.hasMore ? -1 : shown.length} />`)}
      ${to < shown.length && html`<li key="below" role="presentation" style=${{ height: `${(shown.length - to) * ITEM_REM}rem` }}></li>`}
    </ul>
  </nav>`;
}

function Item({ app, conversation, current, run, place, of }) {
  const { inbox, people, client } = app;
  const [menu, setMenu] = useState(false);
  const unread = conversation.unread > 0 || conversation.markedUnread;
  const change = (preferences) => () => {
    setMenu(false);
    run(() => inbox.change(conversation.id, preferences));
  };
  const href = `/c/${conversation.id}`;
  const title = titleOf(app, conversation);
  return html`<li aria-posinset=${place} aria-setsize=${of} class=${`item${current ? ' current' : ''}${conversation.muted ? ' muted' : ''}`}>
    <a href=${href} aria-current=${current ? 'page' : undefined} onClick=${(event) => app.follow(event, href)}>
      <${Avatar} people=${people} user=${conversation.with} title=${conversation.kind === 'group' ? title : undefined} presence />
      <span class="grow">
        <span class="line"><strong>${title}</strong>${conversation.last && html`<time datetime=${conversation.last.at}>${brief(conversation.last.at)}</time>`}</span>
        <span class="line"><span class="preview">${preview(conversation, people, client.login.user.id)}</span>
          ${conversation.pinned && html`<span class="faint" title=${t('inbox.pinned')}><${Icon} name="pin" /><span class="unseen">${t('inbox.pinned')}</span></span>`}
          ${conversation.muted && html`<span class="faint" title=${t('inbox.muted')}><${Icon} name="muted" /><span class="unseen">${t('inbox.muted')}</span></span>`}
          ${conversation.mentions > 0 && html`<span class="badge mention-badge" aria-label=${t('inbox.mentions', { n: conversation.mentions })}>@${conversation.mentions}</span>`}
          ${unread && html`<span class="badge" aria-label=${conversation.unread > 0 ? t('inbox.unread', { n: conversation.unread }) : t('inbox.marked')}>${conversation.unread > 0 ? conversation.unread : '•'}</span>`}
        </span>
      </span>
    </a>
    <button type="button" class="icon" aria-label=${t('inbox.actions')} aria-expanded=${menu} onClick=${() => setMenu(!menu)}><${Icon} name="more" /></button>
    ${menu && html`<${Menu} onClose=${() => setMenu(false)}>
      <button type="button" onClick=${change({ pinned: !conversation.pinned })}>${t(conversation.pinned ? 'inbox.unpin' : 'inbox.pin')}</button>
      <button type="button" onClick=${change({ muted: !conversation.muted })}>${t(conversation.muted ? 'inbox.unmute' : 'inbox.mute')}</button>
      ${!unread && html`<button type="button" onClick=${change({ markedUnread: true })}>${t('inbox.mark-unread')}</button>`}
    </${Menu}>`}
  </li>`;
}

function preview(conversation, people, me) {
  const last = conversation.last;
  if (last?.kind !== 'message') {
    return '';
  }
  const text = excerpt(last, people, 120).replaceAll('\n', ' ');
  if (last.sender === me) {
    return t('inbox.you', { text });
  }
  return conversation.kind === 'group' ? `${isolated(nameOf(people.get(last.sender)))}: ${text}` : text;
}
