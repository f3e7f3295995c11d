// The conversations of this user. The server is the only source of the counts: after each change they are asked for again.
import { Feed } from './observable.js';
import { repeatInBackground } from './repeat.js';

const PAGE = 100;
const SETTLE_MS = 250;

/** As often as the inbox is asked for until it has what came live. After that the next frame asks. */
const MOST_TRIES = 40;

/**
 * @typedef {{id: string, kind: 'direct'|'group', title?: string, with?: string, head: number, last?: any, unread: number,
 *   mentions: number, readPosition: number, muted: boolean, pinned: boolean, markedUnread: boolean, erased?: boolean}} Conversation
 */

export class Inbox extends Feed {
  #client;
  /** @type {Map<string, Conversation>} */
  #conversations = new Map();
  /** What came live and the answers do not have yet. @type {Map<string, Partial<Conversation>>} */
  #awaited = new Map();
  #tries = 0;
  #next = null;
  #timer = null;
  #loading = null;
  loaded = false;

  constructor(client) {
    super();
    this.#client = client;
    client.on('entry', ({ conversation, position }) => this.#await(conversation, { head: position }));
    client.on('read', ({ user, conversation, position }) => {
      if (user === client.login?.user.id) {
        // Reading takes the mark away.
        this.#await(conversation, { readPosition: position, markedUnread: false });
      }
    });
    client.on('state', ({ conversations }) => conversations.forEach(({ conversation, member, ...changed }) => this.#await(conversation, changed)));
    client.on('resync', () => this.load());
    client.on('status', () => this.#refreshSoon());
  }

  /** The conversation is read again until the answer has what came live: the read side is behind the socket. */
  #await(id, changed) {
    this.#awaited.set(id, { ...this.#awaited.get(id), ...changed });
    this.#tries = 0;
    this.#refreshSoon();
  }

  #refreshSoon() {
    if (this.#awaited.size > 0 && this.#client.status === 'online') {
      this.#timer ??= setTimeout(() => this.#refreshAwaited(), SETTLE_MS);
    }
  }

  async #refreshAwaited() {
    try {
      await this.#refresh([...this.#awaited.keys()]);
      this.#awaited.forEach((changed, id) => this.#has(id, changed) && this.#awaited.delete(id));
      if (this.#tries++ >= MOST_TRIES) {
        this.#awaited.clear();
      }
    } catch {
      // Asked for again below, or once there is a connection.
    } finally {
      this.#timer = null;
      this.#refreshSoon();
    }
  }

  #has(id, { head = 0, readPosition = 0, ...preferences }) {
    const conversation = this.get(id);
    return conversation
      ? conversation.head >= head && conversation.readPosition >= readPosition
        && Object.entries(preferences).every(([name, value]) => conversation[name] === value)
      : this.hasMore;
  }

  /** Reads as many conversations as are shown, from the first. */
  load() {
    this.#loading ??= repeatInBackground(() => this.#load(), () => !this.#client.login).finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load() {
    const wanted = Math.max(PAGE, this.#conversations.size);
    const { read, next } = await this.#read((conversations) => conversations.size >= wanted);
    this.#conversations = read;
    this.#next = next ?? null;
    this.loaded = true;
    this.changed();
  }

  /**
   * The newest conversations come first, so most changes are in the first page. Whatever a read did not reach keeps its
   * place behind what it has read.
   */
  async #refresh(ids) {
    await this.#loading;
    const { read, next } = await this.#read((conversations) => ids.every((id) => conversations.has(id)));
    if (next) {
      [...this.#conversations].filter(([id]) => !read.has(id)).forEach(([id, conversation]) => read.set(id, conversation));
    } else {
      this.#next = null;
    }
    this.#conversations = read;
    this.loaded = true;
    this.changed();
  }

  /** @param {(read: Map<string, Conversation>) => boolean} isEnough */
  async #read(isEnough) {
    const read = new Map();
    let next;
    do {
      const page = await this.#client.request('GET', '/inbox', { query: { limit: PAGE, next } });
      page.conversations.forEach((conversation) => read.set(conversation.id, conversation));
      next = page.next;
    } while (next && !isEnough(read));
    return { read, next };
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
    this.#await(id, {});
  }
}
