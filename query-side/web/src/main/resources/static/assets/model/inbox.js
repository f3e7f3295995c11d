// The conversations of this user. The server is the only source of the counts: after each change they are asked for again.
import { Observable } from './observable.js';

const PAGE = 100;
const SETTLE_MS = 250;

/**
 * @typedef {{id: string, kind: 'direct'|'group', title?: string, with?: string, head: number, last?: any, unread: number,
 *   mentions: number, readPosition: number, muted: boolean, pinned: boolean, markedUnread: boolean, erased?: boolean}} Conversation
 */

export class Inbox extends Observable {
  #client;
  /** @type {Map<string, Conversation>} */
  #conversations = new Map();
  #next = null;
  #timer = null;
  #loading = null;
  loaded = false;

  constructor(client) {
    super();
    this.#client = client;
    client.on('entry', () => this.#refreshSoon());
    client.on('read', (frame) => {
      if (frame.user === client.login?.user.id) {
        this.#refreshSoon();
      }
    });
    client.on('state', () => this.#refreshSoon());
    client.on('resync', () => this.load());
  }

  #refreshSoon() {
    this.#timer ??= setTimeout(async () => {
      this.#timer = null;
      try {
        await this.load();
      } catch {
        this.#refreshSoon();
      }
    }, SETTLE_MS);
  }

  /** Reads as many conversations as are shown, from the first. */
  load() {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load() {
    const wanted = Math.max(PAGE, this.#conversations.size);
    const read = new Map();
    let next;
    do {
      const page = await this.#client.request('GET', '/inbox', { query: { limit: PAGE, next } });
      page.conversations.forEach((conversation) => read.set(conversation.id, conversation));
      next = page.next;
    } while (next && read.size < wanted);
    this.#conversations = read;
    this.#next = next ?? null;
    this.loaded = true;
    this.changed();
  }

  async more() {
    if (!this.#next || this.#loading) {
      return;
    }
    const page = await this.#client.request('GET', '/inbox', { query: { limit: PAGE, next: this.#next } });
    page.conversations.forEach((conversation) => this.#conversations.set(conversation.id, conversation));
    this.#next = page.next ?? null;
    this.changed();
  }

  /** Shows what was shown before, until it is read again. */
  restore(conversations) {
    if (!this.loaded) {
      conversations.forEach((conversation) => this.#conversations.set(conversation.id, conversation));
      this.changed();
    }
  }

  get hasMore() {
    return this.#next !== null;
  }

  get(id) {
    return this.#conversations.get(id) ?? null;
  }

  /** Pinned ones first, each group in the order of the server. @returns {Conversation[]} */
  get list() {
    const all = [...this.#conversations.values()];
    return [...all.filter((c) => c.pinned), ...all.filter((c) => !c.pinned)];
  }

  /** @returns {number} conversations that ask for attention */
  get unread() {
    return this.list.filter((c) => !c.muted && (c.unread > 0 || c.markedUnread)).length;
  }

  async change(id, preferences) {
    const changed = await this.#client.request('PATCH', `/inbox/${encodeURIComponent(id)}`, { body: preferences });
    const conversation = this.get(id);
    if (conversation) {
      Object.assign(conversation, { muted: changed.muted, pinned: changed.pinned, markedUnread: changed.markedUnread });
    }
    this.changed();
    this.#refreshSoon();
  }
}
