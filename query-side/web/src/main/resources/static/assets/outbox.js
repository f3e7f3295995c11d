// Messages that are not acknowledged yet. They are sent one after the other, so that their order is kept. Each is repeated
// with the same id until the server accepts or refuses it, so that none is lost or duplicated by a bad connection.

import { newClientMessageId } from './api.js';

/** Refusals after which the same message is sent again. */
const PASSING = new Set(['connection-lost', 'outcome-unknown', 'retry-later', 'rate-limited', 'draining', 'unreachable']);
const RETRY_MS = 1000;

export class Outbox {
  #connection;
  #onChange;
  #queue = [];
  #busy = false;

  /** onChange is called with each item when it is queued, settled (position) or refused (failure). */
  constructor(connection, onChange) {
    this.#connection = connection;
    this.#onChange = onChange;
  }

  send(conversation, text) {
    const item = { conversation, text, clientMessageId: newClientMessageId(), position: null, failure: null };
    this.#queue.push(item);
    this.#onChange(item);
    this.flush();
  }

  pendingOf(conversation) {
    return this.#queue.filter((item) => item.conversation === conversation);
  }

  /** Also called after a reconnection. */
  async flush() {
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    try {
      while (this.#queue.length > 0 && this.#connection.online) {
        const item = this.#queue[0];
        const { conversation, text, clientMessageId } = item;
        try {
          const ack = await this.#connection.ask({ type: 'message.send', conversation, clientMessageId, text });
          item.position = ack.position;
        } catch (problem) {
          if (PASSING.has(problem.code)) {
            setTimeout(() => this.flush(), problem.retryAfterMs ?? RETRY_MS);
            return;
          }
          item.failure = problem;
        }
        this.#queue.shift();
        this.#onChange(item);
      }
    } finally {
      this.#busy = false;
    }
  }
}
