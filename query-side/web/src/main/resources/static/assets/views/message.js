// One message or one note of the log.
import { useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { Icon } from '../components/icon.js';
import { full, sentence, t, time } from '../i18n/texts.js';
import { Avatar, Name, nameOf } from '../components/common.js';
import { Markdown } from '../components/markdown.js';

const FOLD_BEYOND = 1500;
const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🎉', '🙏', '👀', '✅', '🔥', '🤔', '👏'];

/** Something that happened, as a sentence. */
export function Note({ entry, people }) {
  const sender = html`<${Name} people=${people} user=${entry.sender} />`;
  const user = entry.user && html`<${Name} people=${people} user=${entry.user} />`;
  const key = noteKey(entry);
  return key && html`<p class="note"><span>${sentence(key, { sender, user, title: entry.title ?? '…', role: entry.role && t(`role.${entry.role}`) })}</span></p>`;
}

function noteKey(entry) {
  switch (entry.kind) {
    case 'started':
      return entry.conversationKind === 'group' ? 'entry.started-group' : 'entry.started-direct';
    case 'joined':
      return entry.user === entry.sender ? 'entry.joined' : 'entry.added';
    case 'left':
      return entry.user === entry.sender ? 'entry.left' : 'entry.removed';
    case 'renamed':
    case 'role':
    case 'pinned':
    case 'unpinned':
      return `entry.${entry.kind}`;
    case 'joinability':
      return entry.joinable ? 'entry.open' : 'entry.closed';
    case 'edit':
    case 'retraction':
    case 'reaction':
      return null;
    default:
      return 'entry.unknown';
  }
}

/** What is drawn of an entry by itself. Edits, retractions and reactions are drawn at their message. */
export const isDrawn = (entry) => entry.kind === 'message' || noteKey(entry) !== null;

export function Body({ entry, people }) {
  const [unfolded, setUnfolded] = useState(false);
  const text = entry.text ?? '';
  const long = text.length > FOLD_BEYOND;
  const shown = long && !unfolded ? `${firstOf(text, FOLD_BEYOND)}…` : text;
  const mentioned = (entry.mentions ?? []).map((user) => ` ${people.get(user)?.username?.toLowerCase() ?? ''} `).join('');
  if (entry.retracted) {
    return html`<p class="gone">${t('message.retracted')}</p>`;
  }
  if (entry.erased || entry.text === undefined || entry.text === null) {
    return html`<p class="gone">${t('message.erased')}</p>`;
  }
  return html`<div class="text" dir="auto"><${Markdown} text=${shown} mentioned=${mentioned} /></div>
    ${long && html`<button type="button" class="link" aria-expanded=${unfolded} onClick=${() => setUnfolded(!unfolded)}>${t(unfolded ? 'message.fold' : 'message.unfold')}</button>`}`;
}

/** Never half of a character. */
function firstOf(text, length) {
  const end = text.codePointAt(length - 1) > 0xffff ? length - 1 : length;
  return text.slice(0, end);
}

/**
 * @param {{entry: any, quoted?: any, people: any, me: string, grouped: boolean, actions: Record<string, any>, read?: boolean, failed?: string}} props
 *   actions are what the user may do; absent where they may not
 */
export function Message({ entry, quoted, people, me, grouped, actions, read, failed }) {
  const [menu, setMenu] = useState(null);
  const mine = entry.sender === me;
  const reactions = entry.retracted ? [] : [...(entry.reactions ?? new Map())];
  const close = () => setMenu(null);
  const perform = (action) => () => {
    close();
    action?.(entry);
  };
  const live = !entry.retracted && !entry.erased && entry.position;
  return html`<article class=${`message${mine ? ' mine' : ''}${grouped ? ' grouped' : ''}`} aria-label=${nameOf(people.get(entry.sender))}
      onKeyDown=${(event) => event.key === 'Escape' && menu && (close(), event.stopPropagation())}>
    ${!grouped && html`<${Avatar} people=${people} user=${entry.sender} />`}
    <div class="content">
      ${!grouped && html`<header><strong><${Name} people=${people} user=${entry.sender} /></strong>
        <time datetime=${entry.at} title=${full(entry.at)}>${time(entry.at)}</time></header>`}
      ${entry.replyTo && html`<button type="button" class="quote" onClick=${() => actions.jump(entry.replyTo)}>
        ${quoted ? html`<strong>${nameOf(people.get(quoted.sender))}</strong> <span>${quoted.retracted ? t('message.retracted') : (quoted.text ?? '').slice(0, 140)}</span>` : html`<span>${t('message.not-here')}</span>`}</button>`}
      <${Body} entry=${entry} people=${people} />
      <div class="about">
        ${entry.edited && !entry.retracted ? html`<span>${t('message.edited')}</span>` : null}
        ${entry.state === 'sending' && html`<span>${t('message.sending')}</span>`}
        ${entry.state === 'failed' && html`<span class="failed" role="alert">${t('message.failed', { why: failed })}
          <button type="button" class="link" onClick=${perform(actions.retry)}>${t('message.retry')}</button>
          <button type="button" class="link" onClick=${perform(actions.discard)}>${t('message.discard')}</button></span>`}
        ${read && html`<span>${t('room.read')}</span>`}
      </div>
      ${reactions.length > 0 && html`<ul class="reactions">${reactions.map(([emoji, users]) => html`<li key=${emoji}>
        <button type="button" aria-pressed=${users.has(me)} title=${[...users].map((user) => nameOf(people.get(user))).join(', ')}
          onClick=${() => actions.react?.(entry, emoji, !users.has(me))}>${emoji} ${users.size}</button></li>`)}</ul>`}
    </div>
    ${live && html`<div class="tools" role="toolbar" aria-label=${t('message.actions')}>
      ${actions.react && html`<button type="button" class="icon" aria-label=${t('message.react')} aria-expanded=${menu === 'react'} onClick=${() => setMenu(menu === 'react' ? null : 'react')}><${Icon} name="react" /></button>`}
      ${actions.reply && html`<button type="button" class="icon" aria-label=${t('message.reply')} onClick=${perform(actions.reply)}><${Icon} name="reply" /></button>`}
      <button type="button" class="icon" aria-label=${t('message.actions')} aria-expanded=${menu === 'more'} onClick=${() => setMenu(menu === 'more' ? null : 'more')}><${Icon} name="more" /></button>
      ${menu === 'react' && html`<div class="menu emoji">${QUICK.map((emoji) => html`<button type="button" key=${emoji} onClick=${() => {
        close();
        actions.react(entry, emoji, true);
      }}>${emoji}</button>`)}</div>`}
      ${menu === 'more' && html`<div class="menu">
        ${mine && actions.edit && html`<button type="button" onClick=${perform(actions.edit)}>${t('message.edit')}</button>`}
        ${(mine || actions.moderate) && actions.retract && html`<button type="button" onClick=${perform(actions.retract)}>${t('message.delete')}</button>`}
        ${actions.pin && html`<button type="button" onClick=${perform(actions.pin)}>${t(actions.isPinned(entry.position) ? 'message.unpin' : 'message.pin')}</button>`}
        <button type="button" onClick=${perform(actions.link)}>${t('message.link')}</button>
        <button type="button" onClick=${perform(actions.prove)}>${t('message.prove')}</button></div>`}
    </div>`}
  </article>`;
}
