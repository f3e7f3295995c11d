import { Problem } from './problem.js';

/** Time in which the leading tab answers a frame; it may have been frozen. */
const ANSWER_LIMIT_MS = 20_000;

/** As many entries as a tab gets that joins, because the server's read side may not have them yet. */
const MOST_RECENT = 200;

/**
 * @typedef {object} TabHandlers
 * @property {() => void} leads this tab has to connect now
 * @property {(status: import('./frames.js').Status) => void} status the leading tab has this status now
 * @property {(frame: any) => void} received a frame that came to the leading tab
 * @property {() => void} cursorRefused
 * @property {(state: {status: import('./frames.js').Status, cursor: string | null, recent: any[]}) => void} joined
 * @property {(status: import('./frames.js').Status) => void} stopped no tab may connect any more
 * @property {(frame: any) => Promise<import('./frames.js').AckFrame | {position?: number, at?: string}>} ask for another tab
 * @property {(frame: any) => void} tell for another tab
 * @property {() => {status: import('./frames.js').Status, cursor: string | null}} state
 */

/**
 * The tabs of one browser that share a login. The one that holds a lock leads: it has the connection, and passes each
 * frame on to the others, which send theirs through it. When it closes, the browser gives the lock to another tab. That one
 * knows the cursor, because it has seen the same frames, and resumes.
 */
export class Tabs {
  #name;
  #handlers;
  #channel;
  #leaving = new AbortController();
  /** @type {(() => void) | null} gives the lock back */
  #release = null;
  #nextId = 1;
  /** Distinguishes the questions of this tab from those of others. */
  #me = Math.random().toString(36).slice(2);
  /** @type {Map<string, {resolve: (ack: any) => void, reject: (problem: Problem) => void, timer: ReturnType<typeof setTimeout>}>} */
  #waiting = new Map();
  #joined = false;
  /** @type {any[]} */
  #recent = [];

  /** @returns {boolean} whether this program has what tabs need to share */
  static get supported() {
    return Boolean(globalThis.navigator?.locks && globalThis.BroadcastChannel);
  }

  /** @param {string} device whose tabs these are @param {TabHandlers} handlers */
  constructor(device, handlers) {
    this.#name = `parley.tabs.${device}`;
    this.#handlers = handlers;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }) => this.#heard(data);
    this.#channel.postMessage({ kind: 'join' });
    navigator.locks.request(this.#name, { signal: this.#leaving.signal }, () => this.#lead()).catch(() => undefined); // Left before it led.
  }

  get leading() {
    return this.#release !== null;
  }

  leave() {
    this.#leaving.abort();
    this.#channel.close();
    this.#failWaiting();
    this.#release?.();
    this.#release = null;
  }

  /** Tells all tabs to stop, and leaves. @param {import('./frames.js').Status} status */
  stop(status) {
    this.#channel.postMessage({ kind: 'stopped', status });
    this.leave();
  }

  // What the leading tab says

  /** @param {any} frame */
  pass(frame) {
    if (frame.type === 'entry') {
      this.#recent.push(frame);
      this.#recent.splice(0, this.#recent.length - MOST_RECENT);
    }
    // An answer is for the tab that asked.
    if (frame.ref === undefined && frame.type !== 'heartbeat') {
      this.#say({ kind: 'frame', frame });
    }
  }

  /** @param {import('./frames.js').Status} status */
  passStatus(status) {
    this.#say({ kind: 'status', status });
  }

  passCursorRefused() {
    this.#say({ kind: 'cursor-refused' });
  }

  /** @param {any} message */
  #say(message) {
    if (this.leading) {
      this.#channel.postMessage(message);
    }
  }

  // What the other tabs say

  /** @param {any} frame @returns {Promise<any>} */
  ask(frame) {
    const id = `${this.#me}.${this.#nextId++}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#answered({ id, problem: connectionLost() }), ANSWER_LIMIT_MS);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#channel.postMessage({ kind: 'ask', id, frame });
    });
  }

  /** @param {any} frame */
  tell(frame) {
    this.#channel.postMessage({ kind: 'tell', frame });
  }

  /** @returns {Promise<void>} ends when this tab gives the lock back */
  #lead() {
    return new Promise((resolve) => {
      if (this.#leaving.signal.aborted) {
        resolve();
        return;
      }
      this.#release = () => resolve();
      this.#joined = true;
      this.#failWaiting();
      this.#say({ kind: 'leads' });
      this.#handlers.leads();
    });
  }

  /** @param {any} message */
  #heard(message) {
    if (message.kind === 'stopped') {
      this.#handlers.stopped(message.status);
    } else if (this.leading) {
      this.#heardAsLeader(message);
    } else {
      this.#heardFromLeader(message);
    }
  }

  /** @param {any} message */
  #heardAsLeader({ kind, id, frame }) {
    if (kind === 'join') {
      this.#say({ kind: 'state', recent: this.#recent, ...this.#handlers.state() });
    } else if (kind === 'tell') {
      this.#handlers.tell(frame);
    } else if (kind === 'ask') {
      this.#handlers.ask(frame).then(
        (ack) => this.#say({ kind: 'answer', id, ack }),
        ({ status, code, title, detail, retryAfterMs }) => this.#say({ kind: 'answer', id, problem: { status, code, title, detail, retryAfterMs } }),
      );
    }
  }

  /** @param {any} message */
  #heardFromLeader(message) {
    switch (message.kind) {
      case 'leads':
        // What the last leader was asked may have taken effect or not.
        this.#failWaiting();
        break;
      case 'state':
        if (!this.#joined) {
          this.#joined = true;
          this.#handlers.joined(message);
        }
        break;
      case 'frame':
        this.#handlers.received(message.frame);
        break;
      case 'status':
        this.#handlers.status(message.status);
        break;
      case 'cursor-refused':
        this.#handlers.cursorRefused();
        break;
      case 'answer':
        this.#answered(message);
        break;
      default: // Another tab asks the leader.
    }
  }

  /** @param {{id: string, ack?: any, problem?: any}} answer */
  #answered({ id, ack, problem }) {
    const waiting = this.#waiting.get(id);
    if (waiting) {
      this.#waiting.delete(id);
      clearTimeout(waiting.timer);
      problem ? waiting.reject(new Problem(problem.status, problem)) : waiting.resolve(ack);
    }
  }

  #failWaiting() {
    [...this.#waiting.keys()].forEach((id) => this.#answered({ id, problem: connectionLost() }));
  }
}

function connectionLost() {
  return { status: 0, code: 'connection-lost', title: 'The connection was lost' };
}
