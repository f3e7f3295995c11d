// One open conversation: its entries by position, shown as a list. Texts are inserted as text, never as HTML.

import { request } from './api.js';
import { fillName } from './people.js';

const PAGE = 50;
const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'short' });

function el(tag, className, text) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  return element;
}

/** A sentence in which each user id stands for a name: note('', user, ' left'). */
function note(...parts) {
  const item = el('li', 'note');
  parts.forEach((part) => item.append(typeof part === 'string' ? part : fillName(el('span'), part.user)));
  return item;
}

export class Room {
  #me;
  #list;
  #scroll;
  #earlier;
  #entries = new Map();
  #pending = new Map();
  #turn = Promise.resolve();

  constructor(id, me, { list, scroll, earlier }) {
    this.id = id;
    this.#me = me;
    this.#list = list;
    this.#scroll = scroll;
    this.#earlier = earlier;
    list.replaceChildren();
  }

  get #positions() {
    return [...this.#entries.keys()];
  }

  get first() {
    return Math.min(...this.#positions);
  }

  get last() {
    return this.#entries.size === 0 ? 0 : Math.max(...this.#positions);
  }

  #fetch(query) {
    return request('GET', `/conversations/${encodeURIComponent(this.id)}/entries?limit=${PAGE}${query}`);
  }

  load(minPosition) {
    return this.#inTurn(async () => {
      const { entries } = await this.#fetch(minPosition ? `&minPosition=${minPosition}` : '');
      entries.forEach((entry) => this.#put(entry));
      this.#earlier.hidden = entries.length < PAGE;
      this.#toEnd();
    });
  }

  /** Runs one task after the other, even if an earlier one fails. */
  #inTurn(action) {
    const result = this.#turn.then(action);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async loadEarlier() {
    const { entries } = await this.#fetch(`&before=${this.first}`);
    const height = this.#scroll.scrollHeight;
    entries.forEach((entry) => this.#put(entry));
    this.#earlier.hidden = entries.length < PAGE;
    // The visible entries keep their position on the screen.
    this.#scroll.scrollTop += this.#scroll.scrollHeight - height;
  }

  /** A live entry. Positions have no gaps, so after a jump the missing entries are fetched. */
  add(entry) {
    return this.#inTurn(async () => {
      const follow = this.#atEnd();
      if (entry.position > this.last + 1 && this.last > 0) {
        await this.#fillUpTo(entry.position);
      }
      this.#put(entry);
      if (follow || entry.sender === this.#me) {
        this.#toEnd();
      }
    });
  }

  async #fillUpTo(position) {
    while (this.last + 1 < position) {
      const { entries } = await this.#fetch(`&after=${this.last}&minPosition=${position}`);
      if (entries.length === 0) {
        return;
      }
      entries.forEach((entry) => this.#put(entry));
    }
  }

  #put(entry) {
    if (this.#entries.has(entry.position)) {
      return;
    }
    this.#entries.set(entry.position, entry);
    if (entry.clientMessageId && entry.sender === this.#me) {
      this.#pending.get(entry.clientMessageId)?.remove();
      this.#pending.delete(entry.clientMessageId);
    }
    this.#changeTarget(entry);
    this.#reactionsTo(entry).forEach((reaction) => this.#changeTarget(reaction));
    const drawn = this.#draw(entry);
    if (drawn) {
      this.#insert(drawn, entry.position);
    }
  }

  /** The loaded reactions to a message that was loaded later, by scrolling back. */
  #reactionsTo(entry) {
    return [...this.#entries.values()].filter((e) => e.kind === 'reaction' && e.target === entry.position && e.position > entry.position);
  }

  /** Shows a change at its message. A message from the history includes the change already. */
  #changeTarget(entry) {
    const target = this.#entries.get(entry.target);
    if (!target) {
      return;
    }
    if (entry.kind === 'edit' && !target.retracted && !(target.edited > entry.position)) {
      target.text = entry.text;
      target.edited = entry.position;
    } else if (entry.kind === 'retraction') {
      target.retracted = entry.position;
      delete target.text;
    } else if (entry.kind === 'reaction') {
      target.reactions ??= new Map();
      const who = target.reactions.get(entry.emoji) ?? new Set();
      entry.added ? who.add(entry.sender) : who.delete(entry.sender);
      target.reactions.set(entry.emoji, who);
    }
    this.#list.querySelector(`[data-position="${Number(entry.target)}"]`)?.replaceWith(this.#drawAt(target));
  }

  #drawAt(entry) {
    const drawn = this.#draw(entry);
    drawn.dataset.position = entry.position;
    return drawn;
  }

  #insert(drawn, position) {
    drawn.dataset.position = position;
    let after = this.#list.lastElementChild;
    while (after && (!after.dataset.position || Number(after.dataset.position) > position)) {
      after = after.previousElementSibling;
    }
    after ? after.after(drawn) : this.#list.prepend(drawn);
  }

  #draw(entry) {
    const sender = { user: entry.sender };
    const user = { user: entry.user };
    switch (entry.kind) {
      case 'message':
        return this.#drawMessage(entry);
      case 'started':
        return note(sender, entry.conversationKind === 'group' ? ` started the group “${entry.title ?? '…'}”` : ' started the conversation');
      case 'joined':
        return entry.user === entry.sender ? note(user, ' joined') : note(sender, ' added ', user);
      case 'left':
        return entry.user === entry.sender ? note(user, ' left') : note(sender, ' removed ', user);
      case 'renamed':
        return note(sender, ` named the group “${entry.title ?? '…'}”`);
      case 'role':
        return note(sender, ' made ', user, ` ${entry.role}`);
      case 'joinability':
        return note(sender, entry.joinable ? ' opened the group to everybody' : ' made the group invite-only');
      case 'pinned':
        return note(sender, ' pinned a message');
      case 'unpinned':
        return note(sender, ' took a pin off');
      default:
        return null;
    }
  }

  #drawMessage(entry) {
    const mine = entry.sender === this.#me;
    const item = el('li', mine ? 'message mine' : 'message');
    const about = el('p', 'about');
    const time = el('time', '', TIME.format(new Date(entry.at)));
    time.dateTime = entry.at;
    about.append(fillName(el('span', 'who'), entry.sender), time);
    if (entry.edited && !entry.retracted) {
      about.append(el('span', '', 'edited'));
    }
    item.append(about);
    if (entry.retracted) {
      item.append(el('p', 'gone', 'This message was taken back.'));
    } else if (entry.text === undefined || entry.text === null) {
      item.append(el('p', 'gone', 'The text of this message is gone.'));
    } else {
      item.append(el('p', 'text', entry.text));
    }
    const reactions = [...(entry.reactions ?? [])].filter(([, who]) => who.size > 0);
    if (reactions.length > 0) {
      item.append(el('p', 'reactions', reactions.map(([emoji, who]) => `${emoji} ${who.size}`).join('  ')));
    }
    return item;
  }

  /** A message that is not acknowledged or was refused. Its entry replaces it. */
  showPending(pending) {
    this.#pending.get(pending.clientMessageId)?.remove();
    if (pending.position && this.#entries.has(pending.position)) {
      return;
    }
    const item = el('li', 'message mine');
    const state = pending.failure ? el('p', 'failed', `Not sent: ${pending.failure.message}`) : el('p', 'about', pending.position ? 'sent' : 'sending…');
    item.append(state, el('p', 'text', pending.text));
    this.#pending.set(pending.clientMessageId, item);
    this.#list.append(item);
    this.#toEnd();
  }

  #atEnd() {
    return this.#scroll.scrollHeight - this.#scroll.scrollTop - this.#scroll.clientHeight < 80;
  }

  #toEnd() {
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
  }
}
