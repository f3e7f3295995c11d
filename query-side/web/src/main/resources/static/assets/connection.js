// The WebSocket: one socket, which resumes after a lost connection.

import { device, freshToken, refresh, currentLogin, Problem } from './api.js';

const SUBPROTOCOL = 'parley.v1.json';
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;

/** The close codes that this client handles specially. After any other close it resumes. */
const UNAUTHENTICATED = 4401;
const FORBIDDEN = 4403;
const REPLACED = 4409;
const RATE_LIMITED = 4429;

/**
 * Calls onFrame with every frame, onStatus with 'connecting', 'online', 'offline', 'replaced' or 'logged-out'.
 * A ref is answered exactly once: by its ack, its error, or 'connection-lost'.
 */
export class Connection {
  #handlers;
  #socket = null;
  #cursor = null;
  #url = null;
  #waiting = new Map();
  #nextRef = 1;
  #failures = 0;
  #timers = new Set();
  #stopped = false;
  #heardAt = 0;

  constructor(handlers) {
    this.#handlers = handlers;
  }

  start() {
    this.#connect();
  }

  stop() {
    this.#stopped = true;
    this.#clearTimers();
    this.#socket?.close(1000);
  }

  get online() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Sends a frame without waiting for an answer. If the socket is not connected, the frame is dropped. */
  tell(frame) {
    if (this.online) {
      this.#socket.send(JSON.stringify(frame));
    }
  }

  /** Returns the ack, or throws the Problem. */
  ask(frame) {
    if (!this.online) {
      return Promise.reject(new Problem(0, { title: 'Not connected', code: 'connection-lost' }));
    }
    const ref = String(this.#nextRef++);
    return new Promise((resolve, reject) => {
      this.#waiting.set(ref, { resolve, reject });
      this.#socket.send(JSON.stringify({ ...frame, ref }));
    });
  }

  async #connect() {
    this.#clearTimers();
    this.#handlers.onStatus('connecting');
    let token;
    try {
      token = await freshToken();
    } catch (problem) {
      this.#refused(problem);
      return;
    }
    if (this.#stopped) {
      return;
    }
    const socket = new WebSocket(this.#url ?? reachable(currentLogin().webSocketUrl), SUBPROTOCOL);
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.onopen = () => {
      const hello = { type: 'hello', token, device: device() };
      if (this.#cursor) {
        hello.cursor = this.#cursor;
      }
      socket.send(JSON.stringify(hello));
    };
    socket.onmessage = (event) => this.#received(JSON.parse(event.data));
    socket.onclose = (event) => this.#closed(socket, event.code);
  }

  #received(frame) {
    this.#heardAt = Date.now();
    switch (frame.type) {
      case 'welcome':
        this.#welcomed(frame);
        break;
      case 'ack':
        this.#settle(frame.ref)?.resolve(frame);
        break;
      case 'error':
        if (frame.ref !== undefined) {
          this.#settle(frame.ref)?.reject(new Problem(0, frame));
          return;
        }
        if (frame.code === 'cursor-invalid' || frame.code === 'cursor-expired') {
          this.#cursor = null;
        }
        break;
      case 'caught-up':
        this.#failures = 0;
        this.#handlers.onStatus('online');
        break;
      case 'goaway':
        this.#url = frame.url ?? null;
        this.#socket.retryAfterMs = frame.reconnectAfterMs;
        break;
      default:
        break;
    }
    if (frame.cursor) {
      this.#cursor = frame.cursor;
    }
    this.#handlers.onFrame(frame);
  }

  #welcomed(welcome) {
    this.#every(welcome.heartbeatSeconds * 1000, () => {
      if (Date.now() - this.#heardAt > welcome.offlineAfterSeconds * 1000) {
        // A half-open connection reports no error. Closing it here starts a reconnection.
        const silent = this.#socket;
        silent.close();
        this.#closed(silent, 1006);
        return;
      }
      this.tell({ type: 'heartbeat' });
    });
    this.#renewTokenInTime();
  }

  #renewTokenInTime() {
    const inMs = Math.max(1000, (currentLogin().expiresAt - Date.now()) * 0.8);
    this.#after(inMs, async () => {
      try {
        await refresh();
        this.tell({ type: 'authenticate', token: currentLogin().accessToken });
        this.#renewTokenInTime();
      } catch (problem) {
        if (problem.status === 401) {
          this.#refused(problem);
        } else {
          this.#after(FIRST_RETRY_MS * 4, () => this.#renewTokenInTime());
        }
      }
    });
  }

  #settle(ref) {
    const waiting = this.#waiting.get(ref);
    this.#waiting.delete(ref);
    return waiting;
  }

  async #closed(socket, code) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    this.#clearTimers();
    const unanswered = [...this.#waiting.values()];
    this.#waiting.clear();
    unanswered.forEach((w) => w.reject(new Problem(0, { title: 'The connection was lost', code: 'connection-lost' })));
    if (this.#stopped) {
      return;
    }
    if (code === REPLACED) {
      this.#handlers.onStatus('replaced');
    } else if (code === UNAUTHENTICATED || code === FORBIDDEN) {
      try {
        await refresh();
        this.#retry(null);
      } catch (problem) {
        this.#refused(problem);
      }
    } else {
      this.#retry(socket.retryAfterMs ?? (code === RATE_LIMITED ? LONGEST_RETRY_MS : null));
    }
  }

  #refused(problem) {
    if (problem.status >= 400 && problem.status < 500 && problem.status !== 429) {
      this.stop();
      this.#handlers.onStatus('logged-out');
    } else {
      this.#retry(problem.retryAfterMs ?? null);
    }
  }

  #retry(afterMs) {
    this.#handlers.onStatus('offline');
    const backoff = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++);
    // Half of the wait is random, so that clients of a restarted server do not reconnect at the same time.
    this.#after(afterMs ?? backoff * (0.5 + Math.random() / 2), () => this.#connect());
  }

  #after(ms, action) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
  }

  #every(ms, action) {
    this.#timers.add(setInterval(action, ms));
  }

  /** Timeouts and intervals share their ids, so this stops both. */
  #clearTimers() {
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers.clear();
  }
}

/** A server without a configured public URL answers localhost. On another machine, the host of this page replaces it. */
function reachable(url) {
  const own = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
  if (!url) {
    return own;
  }
  const local = new Set(['localhost', '127.0.0.1', '[::1]']);
  const { hostname, port } = new URL(url);
  return local.has(hostname) && (!local.has(location.hostname) || port === location.port) ? own : url;
}
