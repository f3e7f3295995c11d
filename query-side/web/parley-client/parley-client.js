// The client library of Parley, for browsers and Node (20 or newer), without dependencies.
//
//   const parley = new ParleyClient({ baseUrl: 'http://localhost:8080' });
//   parley.on('entry', (entry) => console.log(entry.text));
//   await parley.logIn({ username: 'ada', password: 'correct horse battery' });
//   parley.connect();
//   parley.send({ conversation, text: 'Hello' });

import { newClientMessageId } from './ids.js';
import { Outbox } from './outbox.js';
import { PollFeed } from './poll-feed.js';
import { LONGEST_RETRY_MS, Problem, backoffMs } from './problem.js';
import { Session } from './session.js';
import { SocketFeed } from './socket-feed.js';
import { MemoryStorage } from './storage.js';
import { Tabs } from './tabs.js';

export { MemoryStorage, newClientMessageId, Problem };

/** Sockets that fail in a row, while REST works, before entries are polled. */
const FAILURES_BEFORE_POLLING = 3;

/** How often a client that polls tries a socket again. */
const SOCKET_RETRY_MS = 60_000;

/** The close codes that need more than connecting again. All codes are listed in /asyncapi.yaml. */
const LOGGED_OUT = 1000;
const FRAME_TOO_LARGE = 1009;
const PROTOCOL = 4400;
const UNAUTHENTICATED = 4401;
const FORBIDDEN = 4403;
const REPLACED = 4409;
const RATE_LIMITED = 4429;

/**
 * A login of one device, with one connection that resumes by itself.
 *
 * Each frame of the server is an event: `on('entry', …)`, `on('typing', …)`, `on('presence', …)` and so on. Besides,
 * there are `status`, `outbox` (the item that changed) and `resync`. After `resync` the client does not know what was
 * missed: load the inbox and the open conversation. It comes when a connection begins without a cursor and when the
 * server refuses the cursor. Otherwise each entry comes exactly once and in the order of its conversation.
 */
export class ParleyClient extends EventTarget {
  #baseUrl;
  #storage;
  #session;
  #outbox;
  #WebSocket;
  /** @type {import('./frames.js').Status} */
  #status = 'offline';
  /** @type {string | null} */
  #cursor = null;
  /** The last position that came, by conversation. After a cut socket the server may repeat entries. */
  #positions = new Map();
  #resyncDue = false;
  #shared;
  /** @type {Tabs | null} while connected, if tabs share the connection */
  #tabs = null;
  #wanted = false;
  /** @type {SocketFeed | null} */
  #socket = null;
  /** @type {PollFeed | null} */
  #poll = null;
  /** Sockets in a row that were not welcomed. */
  #failures = 0;
  /** Attempts since the client was last online. */
  #attempts = 0;
  /** @type {string | null} where the last node sent its clients */
  #nextUrl = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #connectTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #renewalTimer;

  /**
   * @param {object} [options]
   * @param {string} [options.baseUrl] the server, by default that of the page, else `http://localhost:8080`
   * @param {import('./storage.js').ClientStorage} [options.storage] keeps login, device and unsent messages; by default
   *   memory. Clients that share a storage share its login. Two of them must not be connected at once, unless shared.
   * @param {boolean} [options.shared] whether the tabs of a browser that have this login share one connection
   * @param {string} [options.device] by default a random id, kept in the storage
   * @param {string | null} [options.cursor] that of an earlier client whose state is still there
   * @param {typeof globalThis.fetch} [options.fetch]
   * @param {typeof globalThis.WebSocket | null} [options.WebSocket] null to poll over REST
   */
  constructor({ baseUrl, storage, shared = false, device, cursor, fetch, WebSocket = globalThis.WebSocket } = {}) {
    super();
    this.#baseUrl = (baseUrl ?? globalThis.location?.origin ?? 'http://localhost:8080').replace(/\/$/, '');
    this.#storage = storage ?? new MemoryStorage();
    this.#WebSocket = WebSocket;
    this.#cursor = cursor ?? null;
    this.#shared = shared && Tabs.supported;
    this.#session = new Session({
      baseUrl: this.#baseUrl,
      storage: this.#storage,
      fetch: fetch ?? ((...request) => globalThis.fetch(...request)),
      device,
      onEnd: () => this.#loggedOut(),
    });
    this.#outbox = new Outbox(this.#storage, (item) => this.#deliver(item), (item) => this.#emit('outbox', item));
    this.#outbox.switchTo(this.login?.user.id ?? null);
    globalThis.addEventListener?.('online', () => this.#connectNow());
    globalThis.addEventListener?.('storage', (event) => this.#storageChanged(/** @type {StorageEvent} */ (event)));
  }

  /** Null before a login and after its end. */
  get login() {
    return this.#session.login;
  }

  get status() {
    return this.#status;
  }

  /** Everything up to this cursor was handed to the listeners. Null before the first connection. */
  get cursor() {
    return this.#cursor;
  }

  /** Set before `connect`: the next connection brings everything after this cursor, or begins anew with null. */
  set cursor(cursor) {
    this.#cursor = cursor;
    this.#positions.clear();
  }

  /**
   * Calls the handler with what the event carries. Returns a function that ends this.
   *
   * @template {keyof import('./frames.js').ClientEvents} T
   * @param {T} type
   * @param {(detail: import('./frames.js').ClientEvents[T], event: Event) => void} handler
   * @returns {() => void}
   */
  on(type, handler) {
    /** @param {Event} event */
    const listener = (event) => handler(/** @type {CustomEvent} */ (event).detail, event);
    this.addEventListener(type, listener);
    return () => this.removeEventListener(type, listener);
  }

  /** @param {{username: string, password: string, displayName: string}} account @returns {Promise<{id: string}>} */
  signUp(account) {
    return this.#session.signUp(account);
  }

  /**
   * Has a code for a new password sent by mail, where the server sends mail. The answer is the same for unknown users.
   *
   * @param {string} username or a confirmed address
   */
  askForReset(username) {
    return this.#session.askForReset(username);
  }

  /** Sets a new password by a code that came by mail or from an admin. @param {{username: string, code: string, newPassword: string}} reset */
  resetPassword(reset) {
    return this.#session.resetPassword(reset);
  }

  /** How people log in to this server. */
  loginOptions() {
    return this.#session.options();
  }

  /** @param {{username: string, password: string}} credentials */
  async logIn(credentials) {
    const before = this.login?.user.id;
    this.disconnect();
    await this.#session.logIn(credentials);
    if (this.login?.user.id !== before) {
      this.cursor = null;
    }
    this.#outbox.switchTo(this.login?.user.id ?? null);
    return this.login;
  }

  /**
   * Begins a login at an issuer that {@link loginOptions} names. Returns the URL where the user goes; the issuer sends the
   * user back to `redirectUri`.
   *
   * @param {import('./oidc.js').Issuer} issuer
   * @param {string} redirectUri
   */
  beginLogIn(issuer, redirectUri) {
    return this.#session.beginAt(issuer, redirectUri);
  }

  /** Ends a login that {@link beginLogIn} began. @param {URLSearchParams} answer the query of the URL that the issuer called */
  async finishLogIn(answer) {
    this.disconnect();
    await this.#session.finishAt(answer);
    this.cursor = null;
    this.#outbox.switchTo(this.login?.user.id ?? null);
    return this.login;
  }

  /** Ends the login session, also on the server. Unsent messages are discarded. */
  async logOut() {
    this.#tabs?.stop('offline');
    this.disconnect();
    this.#outbox.clear();
    try {
      await this.#session.logOut();
    } finally {
      this.#loggedOut();
    }
  }

  /**
   * Forgets the login and the device here, without ending the login session. For the copy of a tab, which must become a
   * device of its own.
   */
  forget() {
    this.#session.forget();
    this.#session.forgetDevice();
    this.#loggedOut();
  }

  /** Asks the server who this is, and updates `login` after a change of roles. */
  async whoAmI() {
    const user = await this.request('GET', '/users/me');
    return { ...this.login, user };
  }

  /**
   * A REST request. The token is renewed where necessary.
   *
   * @param {string} method
   * @param {string} path below `/api/v1`, such as `/inbox`
   * @param {{body?: unknown, query?: Record<string, unknown>, signal?: AbortSignal, as?: 'json' | 'text' | 'blob'}} [options]
   * @returns {Promise<any>} the answer as JSON, unless another form is asked for; undefined if it has no body
   * @throws {Problem}
   */
  request(method, path, options) {
    return this.#session.request(method, path, options);
  }

  /** A valid access token, for requests outside `/api/v1`. @throws {Problem} */
  token() {
    return this.#session.freshToken();
  }

  /** Connects, and connects again after each loss, until `disconnect`, `replaced` or the end of the login. */
  connect() {
    if (!this.login) {
      throw new Problem(401, { code: 'unauthenticated', title: 'Log in first' });
    }
    if (!this.#wanted) {
      this.#wanted = true;
      this.#failures = 0;
      this.#attempts = 0;
      this.#tabs = this.#shared ? this.#joinTabs() : null;
      this.#connectNow();
    }
  }

  disconnect() {
    this.#stop('offline');
  }

  /**
   * Sends a frame over the socket and waits for its answer.
   *
   * @param {import('./frames.js').ClientFrame} frame without `ref`
   * @returns {Promise<import('./frames.js').AckFrame>}
   * @throws {Problem} `connection-lost` if the answer did not come: it is unknown whether the frame took effect
   */
  ask(frame) {
    if (this.#follows) {
      return /** @type {Tabs} */ (this.#tabs).ask(frame);
    }
    return this.#socket
      ? this.#socket.ask(frame)
      : Promise.reject(new Problem(0, { code: 'connection-lost', title: 'There is no connection' }));
  }

  /** Sends a frame that may get lost: `typing`, `read`, `presence.set`. @param {import('./frames.js').ClientFrame} frame */
  tell(frame) {
    this.#follows ? this.#tabs?.tell(frame) : this.#socket?.tell(frame);
  }

  /**
   * Sends a message now or when there is a connection. Each change of the item is an `outbox` event.
   *
   * @param {import('./outbox.js').Draft} draft
   */
  send(draft) {
    return this.#outbox.send(draft);
  }

  /** Messages that are not sent yet, oldest first. @param {string} [conversation] by default all */
  pending(conversation) {
    return this.#outbox.pending(conversation);
  }

  /** Sends a refused message again. @param {import('./outbox.js').OutboxItem} item */
  retry(item) {
    this.#outbox.retry(item);
  }

  /** Gives an unsent message up. @param {import('./outbox.js').OutboxItem} item */
  discard(item) {
    this.#outbox.discard(item);
  }

  /**
   * The last position that came of a conversation, 0 if none came. What REST answers may be older: ask it for this
   * `minPosition`.
   *
   * @param {string} conversation
   */
  lastPosition(conversation) {
    return this.#positions.get(conversation) ?? 0;
  }

  // Several tabs with one connection

  /** Whether another tab has the connection. */
  get #follows() {
    return this.#tabs !== null && !this.#tabs.leading;
  }

  #joinTabs() {
    this.#setStatus('connecting');
    return new Tabs(this.#session.device, {
      leads: () => {
        // Unsent messages of tabs that have closed. Those of tabs that are open may be sent twice, which changes nothing.
        this.#outbox.open = false;
        this.#outbox.load();
        this.#connectNow();
      },
      joined: ({ status, cursor, recent }) => this.#joined(status, cursor, recent),
      status: (status) => this.#followStatus(status),
      received: (frame) => this.#received(frame),
      cursorRefused: () => this.#cursorRefused(),
      stopped: (status) => this.#stop(status),
      ask: (frame) => (frame.type === 'message.send' ? this.#deliver(frame) : this.ask(frame)),
      tell: (frame) => this.tell(frame),
      state: () => ({ status: this.#status, cursor: this.#cursor }),
    });
  }

  /** @param {import('./frames.js').Status} status @param {string | null} cursor @param {any[]} recent */
  #joined(status, cursor, recent) {
    const missed = this.#cursor !== cursor;
    this.cursor = cursor;
    this.#followStatus(status);
    if (status !== 'online') {
      this.#resyncDue = missed;
    } else if (missed) {
      this.#emit('resync', undefined);
      recent.forEach((frame) => this.#received(frame));
    }
  }

  /** @param {import('./frames.js').Status} status */
  #followStatus(status) {
    this.#outbox.open = status === 'online' || status === 'catching-up';
    this.#setStatus(status);
  }

  // The connection

  #connectNow() {
    clearTimeout(this.#connectTimer);
    if (this.#wanted && !this.#socket && !this.#follows) {
      this.#open().catch((problem) => this.#failed(problem));
    }
  }

  async #open() {
    if (!this.#poll) {
      this.#setStatus('connecting');
    }
    await this.#session.freshToken();
    const polling = !this.#WebSocket || this.#failures >= FAILURES_BEFORE_POLLING;
    const url = this.#WebSocket ? await this.#findUrl() : null;
    if (!this.#wanted || this.#socket) {
      return;
    }
    if (polling) {
      this.#startPolling();
    }
    if (this.#WebSocket && url) {
      this.#openSocket(this.#WebSocket, url);
    }
  }

  /** The node to connect to: where the last one pointed, else that of the login, and after failures the next best. */
  async #findUrl() {
    const stored = this.#session.stored;
    const recommended = this.#nextUrl ?? stored?.webSocketUrl;
    this.#nextUrl = null;
    if (this.#failures === 0 && recommended) {
      return this.#reachable(recommended);
    }
    const { gateways } = await this.request('GET', '/gateways');
    const known = [...gateways.map((/** @type {{url: string}} */ gateway) => gateway.url), stored?.webSocketUrl ?? ''];
    const urls = [...new Set(known.map((url) => this.#reachable(url)))];
    return urls[Math.max(0, this.#failures - 1) % urls.length];
  }

  /** A server without a configured URL calls itself localhost. On another machine, its address there replaces it. */
  #reachable(/** @type {string} */ url) {
    const base = new URL(this.#baseUrl);
    const own = `${base.protocol === 'https:' ? 'wss' : 'ws'}://${base.host}/ws`;
    const local = /^(localhost|127\.0\.0\.1|\[::1\])$/;
    return !url || (local.test(new URL(url).hostname) && !local.test(base.hostname)) ? own : url;
  }

  /** @param {typeof globalThis.WebSocket} WebSocket @param {string} url */
  #openSocket(WebSocket, url) {
    const socket = new SocketFeed(WebSocket, url, {
      token: () => this.#session.freshToken(),
      device: () => this.#session.device,
      cursor: () => {
        // From here on the socket brings the entries; two feeds would bring them twice.
        this.#stopPolling();
        return this.#cursor;
      },
      cursorRefused: () => this.#cursorRefused(),
      welcomed: () => {
        this.#failures = 0;
        this.#setStatus('catching-up');
        this.#outbox.open = true;
        this.#renewTokenInTime();
      },
      received: (frame) => this.#received(frame),
      closed: (end) => {
        if (this.#socket === socket) {
          this.#socket = null;
          this.#closed(end);
        }
      },
    });
    this.#socket = socket;
  }

  #startPolling() {
    this.#poll ??= new PollFeed((path, options) => this.request('GET', path, options), {
      cursor: () => this.#cursor,
      cursorRefused: () => this.#cursorRefused(),
      received: (frame) => this.#received(frame),
      failed: () => {
        this.#outbox.open = false;
        this.#setStatus('connecting');
      },
    });
  }

  #stopPolling() {
    this.#poll?.stop();
    this.#poll = null;
  }

  /** @param {any} frame */
  #received(frame) {
    this.#tabs?.pass(frame);
    if (frame.type === 'entry' && frame.position <= (this.#positions.get(frame.conversation) ?? 0)) {
      this.#cursor = frame.cursor ?? this.#cursor;
      return;
    }
    if (frame.type === 'entry') {
      this.#positions.set(frame.conversation, frame.position);
      if (frame.kind === 'message') {
        this.#outbox.arrived(frame);
      }
    } else if (frame.type === 'state' && frame.resync) {
      this.#cursorRefused();
    }
    if (frame.type !== 'cursor') {
      this.#emit(frame.type, frame);
    }
    if (frame.type === 'caught-up') {
      this.#caughtUp();
    }
    this.#cursor = frame.cursor ?? this.#cursor;
  }

  #cursorRefused() {
    this.#tabs?.passCursorRefused();
    this.cursor = null;
    this.#resyncDue = true;
  }

  #caughtUp() {
    this.#attempts = 0;
    const resync = this.#resyncDue || this.#cursor === null;
    this.#resyncDue = false;
    this.#outbox.open = true;
    this.#setStatus('online');
    if (resync) {
      this.#emit('resync', undefined);
    }
  }

  /** @param {{code: number, welcomed: boolean, goaway?: import('./frames.js').GoawayFrame}} end */
  #closed({ code, welcomed, goaway }) {
    clearTimeout(this.#renewalTimer);
    this.#outbox.open = this.#poll !== null;
    this.#nextUrl = goaway?.url ?? null;
    if (!welcomed && code < PROTOCOL) {
      this.#failures++;
    }
    switch (code) {
      case REPLACED:
        this.#tabs?.stop('replaced');
        this.#stop('replaced');
        return;
      case PROTOCOL:
      case FORBIDDEN:
      case FRAME_TOO_LARGE:
        this.#tabs?.stop('offline');
        this.#stop('offline');
        return;
      case LOGGED_OUT:
      case UNAUTHENTICATED:
        this.#session.refresh().then(() => this.#connectLater(), (problem) => this.#failed(problem));
        return;
      case RATE_LIMITED:
        this.#connectLater(LONGEST_RETRY_MS);
        return;
      default:
        this.#connectLater(goaway?.reconnectAfterMs);
    }
  }

  /** No socket could be tried, because REST did not answer. @param {unknown} problem */
  #failed(problem) {
    this.#connectLater(problem instanceof Problem ? problem.retryAfterMs : undefined);
  }

  /** @param {number} [afterMs] */
  #connectLater(afterMs) {
    if (!this.#wanted) {
      return;
    }
    if (!this.#poll) {
      this.#setStatus('offline');
    }
    // Half of the wait is random, so that the clients of a restarted server do not all connect at the same time.
    const backoff = backoffMs(this.#attempts++) * (0.5 + Math.random() / 2);
    clearTimeout(this.#connectTimer);
    this.#connectTimer = setTimeout(() => this.#connectNow(), this.#poll ? SOCKET_RETRY_MS : (afterMs ?? backoff));
  }

  #renewTokenInTime() {
    clearTimeout(this.#renewalTimer);
    const remainingMs = (this.login?.expiresAt ?? 0) - Date.now();
    this.#renewalTimer = setTimeout(async () => {
      try {
        const { accessToken } = await this.#session.refresh();
        this.tell({ type: 'authenticate', token: accessToken });
      } catch {
        // Tried again below, unless the login has ended, which has closed the socket.
      }
      if (this.#socket) {
        this.#renewTokenInTime();
      }
    }, Math.max(1000, remainingMs * 0.8));
  }

  /** @param {import('./frames.js').Status} status */
  #stop(status) {
    this.#wanted = false;
    clearTimeout(this.#connectTimer);
    clearTimeout(this.#renewalTimer);
    this.#stopPolling();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#tabs?.leave();
    this.#tabs = null;
    this.#outbox.open = false;
    this.#setStatus(status);
  }

  #loggedOut() {
    this.#stop('logged-out');
    this.#outbox.switchTo(null);
    this.cursor = null;
  }

  /** Another tab with the same storage has logged out or logged in as somebody else. @param {StorageEvent} event */
  #storageChanged(event) {
    if (event.storageArea === this.#storage && Session.isLoginKey(event.key)
      && this.#outbox.user && this.login?.user.id !== this.#outbox.user) {
      this.#loggedOut();
    }
  }

  /** @param {import('./outbox.js').OutboxItem} item */
  #deliver({ conversation, clientMessageId, text, replyTo, mentions }) {
    if (this.#socket?.welcomed || this.#follows) {
      return this.ask({ type: 'message.send', conversation, clientMessageId, text, replyTo, mentions });
    }
    const path = `/conversations/${encodeURIComponent(conversation)}/messages`;
    return this.request('POST', path, { body: { clientMessageId, text, replyTo, mentions } });
  }

  /** @param {import('./frames.js').Status} status */
  #setStatus(status) {
    if (status !== this.#status) {
      this.#status = status;
      this.#tabs?.passStatus(status);
      this.#emit('status', status);
    }
  }

  /** @param {string} type @param {unknown} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
