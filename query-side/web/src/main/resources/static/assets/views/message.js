// One message or one note of the log.
import { useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { Icon } from '../components/icon.js';
import { full, sentence, t, time } from '../i18n/texts.js';
import { Avatar, Name, excerpt, firstOf, goneKey, nameOf } from '../components/common.js';
import { Markdown } from '../components/markdown.js';
import { memo } from '../components/memo.js';
import { Menu } from '../components/menu.js';

const FOLD_BEYOND = 1500;
const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🎉', '🙏', '👀', '✅', '🔥', '🤔', '👏'];

/** Something that happened, as a sentence. */
export function Note({ entry, people }) {
  const sender = html`<${Name} people=${people} user=${entry.sender} />`;
  const user = entry.user && html`<${Name} people=${people} user=${entry.user} />`;
  const key = noteKey(entry);
  return key && html`<p class="note"><span>${sentence(key, { sender, user, title: html`<bdi>${entry.title ?? '…'}</bdi>`, role: entry.role && t(`role.${entry.role}`) })}</span></p>`;
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
  const gone = goneKey(entry, people);
  if (gone) {
    return html`<p class="gone">${t(gone)}</p>`;
  }
  return html`<div class="text" dir="auto"><${Markdown} text=${shown} mentioned=${mentioned} /></div>
    ${long && html`<button type="button" class="link" aria-expanded=${unfolded} onClick=${() => setUnfolded(!unfolded)}>${t(unfolded ? 'message.fold' : 'message.unfold')}</button>`}`;
}

/**
 * @typedef {{entry: any, quoted?: any, people: any, names: number, me: string, grouped: boolean, actions: Record<string, any>, pinned?: boolean,
 *   read?: boolean, failed?: string}} MessageProps names is the version of the people; actions are what the user may do, absent where they may not
 */
export const Message = memo((/** @type {MessageProps} */ { entry, quoted, people, me, grouped, actions, pinned, read, failed }) => {
  const [menu, setMenu] = useState(null);
  // Most messages are never pointed at, and their buttons are half of their elements.
  const [near, setNear] = useState(false);
  const mine = entry.sender === me;
  const reactions = entry.retracted ? [] : [...(entry.reactions ?? new Map())];
  const close = () => setMenu(null);
  const toggle = (name) => () => setMenu(menu === name ? null : name);
  const perform = (action) => () => {
    close();
    action?.(entry);
  };
  const live = !goneKey(entry, people) && entry.position;
  return html`<article class=${`message${mine ? ' mine' : ''}${grouped ? ' grouped' : ''}`} aria-label=${nameOf(people.get(entry.sender))}
      onPointerEnter=${() => setNear(true)} onFocusCapture=${() => setNear(true)}>
    ${!grouped && html`<${Avatar} people=${people} user=${entry.sender} />`}
    <div class="content">
      ${!grouped && html`<header><strong><${Name} people=${people} user=${entry.sender} /></strong>
        <time datetime=${entry.at} title=${full(entry.at)}>${time(entry.at)}</time></header>`}
      ${entry.replyTo && html`<button type="button" class="quote" onClick=${() => actions.jump(entry.replyTo)}>
        ${quoted ? html`<strong><${Name} people=${people} user=${quoted.sender} /></strong> <span>${excerpt(quoted, people, 140)}</span>` : html`<span>${t('message.not-here')}</span>`}</button>`}
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
      ${near && actions.react && html`<button type="button" key="react" class="icon wide-only" aria-label=${t('message.react')} aria-expanded=${menu === 'react'} onClick=${toggle('react')}><${Icon} name="react" /></button>`}
      ${near && actions.reply && html`<button type="button" key="reply" class="icon wide-only" aria-label=${t('message.reply')} onClick=${perform(actions.reply)}><${Icon} name="reply" /></button>`}
      <button type="button" key="more" class="icon" aria-label=${t('message.actions')} aria-expanded=${menu === 'more'} onClick=${toggle('more')}><${Icon} name="more" /></button>
      ${menu === 'react' && html`<${Menu} key="reactions" class="emoji" onClose=${close}>${QUICK.map((emoji) => html`<button type="button" key=${emoji} onClick=${() => {
        close();
        actions.react(entry, emoji, true);
      }}>${emoji}</button>`)}</${Menu}>`}
      ${menu === 'more' && html`<${Menu} key="menu" onClose=${close}>
        ${actions.reply && html`<button type="button" onClick=${perform(actions.reply)}>${t('message.reply')}</button>`}
        ${actions.react && html`<button type="button" onClick=${toggle('react')}>${t('message.react')}</button>`}
        ${mine && actions.edit && html`<button type="button" onClick=${perform(actions.edit)}>${t('message.edit')}</button>`}
        ${(mine || actions.moderate) && actions.retract && html`<button type="button" onClick=${perform(actions.retract)}>${t('message.delete')}</button>`}
        ${actions.pin && html`<button type="button" onClick=${perform((target) => actions.pin(target, pinned))}>${t(pinned ? 'message.unpin' : 'message.pin')}</button>`}
        <button type="button" onClick=${perform(actions.link)}>${t('message.link')}</button>
        <button type="button" onClick=${perform(actions.prove)}>${t('message.prove')}</button></${Menu}>`}
    </div>`}
  </article>`;
});
