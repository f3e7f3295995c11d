import { newClientMessageId } from './ids.js';
import { Problem } from './problem.js';
import { keysOf } from './storage.js';

const PREFIX = 'parley.outbox.';

/**
 * @typedef {object} Draft
 * @property {string} conversation
 * @property {string} text
 * @property {number} [replyTo] position of the message that this one answers
 * @property {string[]} [mentions] user ids
 * @property {string} [clientMessageId] by default a new one
 *
 * @typedef {object} OutboxItem
 * @property {string} conversation
 * @property {string} clientMessageId
 * @property {string} text
 * @property {number} [replyTo]
 * @property {string[]} [mentions]
 * @property {'sending' | 'sent' | 'failed'} state
 * @property {number} [position] of the sent message
 * @property {string} [at] when it was sent, by the clock of the server
 * @property {Problem} [problem] why it was refused
 */

/**
 * Messages that the server has not accepted yet. Those of one conversation are sent one after the other, so that their order
 * is kept. Each is repeated with the same id until it is accepted or refused, so that it is neither lost nor doubled. The
 * storage has one key for each message, so that tabs which share it do not overwrite each other's.
 */
export class Outbox {
  #storage;
  #deliver;
  #onChange;
  /** @type {string | null} */
  #user = null;
  /** @type {Map<string, OutboxItem>} by clientMessageId, in the order of sending */
  #items = new Map();
  /** @type {Set<string>} conversations with a message under way */
  #busy = new Set();
  /** @type {Map<string, number>} failures in a row, by conversation */
  #failures = new Map();
  /** @type {Map<string, ReturnType<typeof setTimeout>>} conversations that wait before the next attempt */
  #timers = new Map();
  #open = false;

  /**
   * @param {import('./storage.js').ClientStorage} storage
   * @param {(item: OutboxItem) => Promise<{position?: number, at?: string}>} deliver
   * @param {(item: OutboxItem) => void} onChange
   */
  constructor(storage, deliver, onChange) {
    this.#storage = storage;
    this.#deliver = deliver;
    this.#onChange = onChange;
  }

  /** Loads the messages of this user, or of nobody. @param {string | null} user */
  switchTo(user) {
    if (user === this.#user) {
      return;
    }
    this.#user = user;
    this.#items.clear();
    this.load();
  }

  /** Adds the messages in the storage that are not known here. */
  load() {
    for (const key of this.#user ? keysOf(this.#storage, this.#prefix) : []) {
      const item = JSON.parse(this.#storage.getItem(key) ?? 'null');
      if (item && !this.#items.has(item.clientMessageId)) {
        const problem = item.problem && new Problem(item.problem.status, item.problem);
        this.#items.set(item.clientMessageId, { ...item, problem });
      }
    }
  }

  get user() {
    return this.#user;
  }

  get #prefix() {
    return `${PREFIX}${this.#user}.`;
  }

  /** @param {Draft} draft @returns {OutboxItem} */
  send({ conversation, text, replyTo, mentions, clientMessageId = newClientMessageId() }) {
    if (!this.#user) {
      throw new Problem(401, { code: 'unauthenticated', title: 'Log in first' });
    }
    /** @type {OutboxItem} */
    const item = { conversation, clientMessageId, text, replyTo, mentions, state: 'sending' };
    this.#items.set(clientMessageId, item);
    this.#changed(item);
    this.#pump(conversation);
    return item;
  }

  /** @param {string} [conversation] by default all @returns {OutboxItem[]} */
  pending(conversation) {
    return [...this.#items.values()].filter((item) => !conversation || item.conversation === conversation);
  }

  /** Sends a refused message again. @param {OutboxItem} item */
  retry(item) {
    const known = this.#items.get(item.clientMessageId);
    if (known?.state === 'failed') {
      known.state = 'sending';
      known.problem = undefined;
      this.#changed(known);
      this.#pump(known.conversation);
    }
  }

  /** Gives a message up. One that is under way may still be sent. @param {OutboxItem} item */
  discard(item) {
    if (this.#items.delete(item.clientMessageId)) {
      this.#storage.removeItem(this.#prefix + item.clientMessageId);
    }
  }

  /** Discards everything. */
  clear() {
    this.pending().forEach((item) => this.discard(item));
  }

  /** Whether messages can be delivered now. @param {boolean} open */
  set open(open) {
    if (open === this.#open) {
      return;
    }
    this.#open = open;
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers.clear();
    this.#failures.clear();
    if (open) {
      new Set(this.pending().map((item) => item.conversation)).forEach((conversation) => this.#pump(conversation));
    }
  }

  /** The entry of a message may come before its ack. @param {import('./frames.js').MessageEntry} entry */
  arrived({ clientMessageId, position, at }) {
    const item = this.#items.get(clientMessageId);
    if (item) {
      this.#settle(item, { position, at });
    }
  }

  /** @param {string} conversation */
  async #pump(conversation) {
    if (this.#busy.has(conversation) || this.#timers.has(conversation)) {
      return;
    }
    this.#busy.add(conversation);
    try {
      for (let item = this.#next(conversation); item && this.#open; item = this.#next(conversation)) {
        try {
          this.#settle(item, await this.#deliver(item));
          this.#failures.delete(conversation);
        } catch (error) {
          const problem = error instanceof Problem ? error : new Problem(0, { code: 'client-error', title: String(error) });
          if (problem.passing) {
            this.#retryLater(conversation, problem);
            return;
          }
          this.#refused(item, problem);
        }
      }
    } finally {
      this.#busy.delete(conversation);
    }
  }

  /** @param {string} conversation */
  #next(conversation) {
    return this.pending(conversation).find((item) => item.state === 'sending');
  }

  /** @param {string} conversation @param {Problem} problem */
  #retryLater(conversation, problem) {
    if (!this.#open && problem.code === 'connection-lost') {
      return; // Sent again when the connection is back.
    }
    const failures = this.#failures.get(conversation) ?? 0;
    this.#failures.set(conversation, failures + 1);
    this.#timers.set(conversation, setTimeout(() => {
      this.#timers.delete(conversation);
      this.#pump(conversation);
    }, problem.pauseMs(failures)));
  }

  /** @param {OutboxItem} item @param {{position?: number, at?: string}} sent */
  #settle(item, { position, at }) {
    if (item.state !== 'sent') {
      Object.assign(item, { state: 'sent', position, at, problem: undefined });
      this.discard(item);
      this.#onChange(item);
    }
  }

  /** @param {OutboxItem} item @param {Problem} problem */
  #refused(item, problem) {
    if (item.state === 'sending') {
      item.state = 'failed';
      item.problem = problem;
      this.#changed(item);
    }
  }

  /** @param {OutboxItem} item */
  #changed(item) {
    this.#storage.setItem(this.#prefix + item.clientMessageId, JSON.stringify(item));
    this.#onChange(item);
  }
}
