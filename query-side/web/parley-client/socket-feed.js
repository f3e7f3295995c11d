import { Problem } from './problem.js';

const SUBPROTOCOL = 'parley.v1.json';

/** Time for the handshake and the answer to `hello`. */
const WELCOME_LIMIT_MS = 15_000;

/**
 * @typedef {object} SocketHandlers
 * @property {() => Promise<string>} token a token for `hello`
 * @property {() => string} device
 * @property {() => string | null} cursor the cursor to resume after, asked for when the socket is open
 * @property {(frame: import('./frames.js').WelcomeFrame) => void} welcomed
 * @property {(frame: any) => void} received each frame, the welcome included
 * @property {() => void} cursorRefused
 * @property {(end: {code: number, welcomed: boolean, goaway?: import('./frames.js').GoawayFrame}) => void} closed
 *
 * @typedef {{resolve: (ack: import('./frames.js').AckFrame) => void, reject: (problem: Problem) => void}} Waiting
 */

/** One WebSocket from its opening to its end, which is reported once. */
export class SocketFeed {
  #socket;
  #handlers;
  /** @type {Map<string, Waiting>} unanswered frames by their ref */
  #waiting = new Map();
  #nextRef = 1;
  #heardAt = Date.now();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #heartbeats;
  #welcomeLimit;
  /** @type {import('./frames.js').WelcomeFrame | null} */
  #welcome = null;
  /** @type {import('./frames.js').GoawayFrame | undefined} */
  #goaway;
  #ended = false;

  /**
   * @param {typeof globalThis.WebSocket} WebSocket
   * @param {string} url
   * @param {SocketHandlers} handlers
   */
  constructor(WebSocket, url, handlers) {
    this.#handlers = handlers;
    this.#socket = new WebSocket(url, SUBPROTOCOL);
    this.#socket.onopen = () => this.#hello();
    this.#socket.onmessage = (event) => this.#received(JSON.parse(event.data));
    this.#socket.onclose = (event) => this.#end(event.code);
    this.#socket.onerror = () => {}; // A close event follows.
    this.#welcomeLimit = setTimeout(() => this.close(1006), WELCOME_LIMIT_MS);
  }

  get welcomed() {
    return this.#welcome !== null && !this.#ended;
  }

  /** @param {import('./frames.js').ClientFrame} frame */
  tell(frame) {
    if (this.welcomed) {
      this.#socket.send(JSON.stringify(frame));
    }
  }

  /**
   * @param {import('./frames.js').ClientFrame} frame
   * @returns {Promise<import('./frames.js').AckFrame>}
   */
  ask(frame) {
    if (!this.#welcome || this.#ended) {
      return Promise.reject(connectionLost());
    }
    const ref = String(this.#nextRef++);
    const text = JSON.stringify({ ...frame, ref });
    const { maxFrameBytes } = this.#welcome.limits;
    // A character takes up to three bytes. A larger frame would close the socket.
    if (text.length * 3 > maxFrameBytes && new TextEncoder().encode(text).length > maxFrameBytes) {
      return Promise.reject(new Problem(413, { code: 'payload-too-large', title: 'This is larger than the limit' }));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.set(ref, { resolve, reject });
      this.#socket.send(text);
    });
  }

  /** Ends this feed at once, without waiting for the server. @param {number} code as reported to `closed` */
  close(code = 1000) {
    this.#socket.close();
    this.#end(code);
  }

  async #hello() {
    try {
      const token = await this.#handlers.token();
      const cursor = this.#handlers.cursor();
      const hello = { type: 'hello', token, device: this.#handlers.device(), ...(cursor && { cursor }) };
      if (!this.#ended) {
        this.#socket.send(JSON.stringify(hello));
      }
    } catch {
      this.close(1006); // Connecting again asks for a token first and reports why there is none.
    }
  }

  /** @param {any} frame */
  #received(frame) {
    if (this.#ended) {
      return;
    }
    this.#heardAt = Date.now();
    if (frame.type === 'welcome') {
      this.#welcomed(frame);
    } else if (frame.type === 'goaway') {
      this.#goaway = frame;
    } else if (frame.type === 'error' && !this.#welcome && /^cursor-/.test(frame.code)) {
      this.#handlers.cursorRefused();
      this.#hello();
    }
    this.#handlers.received(frame);
    if (frame.type === 'ack' || frame.type === 'error') {
      this.#answered(frame);
    }
  }

  /** @param {import('./frames.js').WelcomeFrame} welcome */
  #welcomed(welcome) {
    clearTimeout(this.#welcomeLimit);
    this.#welcome = welcome;
    this.#heartbeats = setInterval(() => this.#heartbeat(welcome.offlineAfterSeconds * 1000), welcome.heartbeatSeconds * 1000);
    this.#handlers.welcomed(welcome);
  }

  /** A half-open connection reports no error; only the missing answers show it. @param {number} longestSilenceMs */
  #heartbeat(longestSilenceMs) {
    if (Date.now() - this.#heardAt > longestSilenceMs) {
      this.close(1006);
    } else {
      this.tell({ type: 'heartbeat' });
    }
  }

  /** @param {import('./frames.js').AckFrame | import('./frames.js').ErrorFrame} frame */
  #answered(frame) {
    const waiting = frame.ref === undefined ? undefined : this.#waiting.get(frame.ref);
    if (waiting && frame.ref !== undefined) {
      this.#waiting.delete(frame.ref);
      if (frame.type === 'ack') {
        waiting.resolve(frame);
      } else {
        waiting.reject(new Problem(0, frame));
      }
    }
  }

  /** @param {number} code */
  #end(code) {
    if (this.#ended) {
      return;
    }
    const welcomed = this.welcomed;
    this.#ended = true;
    clearTimeout(this.#welcomeLimit);
    clearInterval(this.#heartbeats);
    this.#waiting.forEach(({ reject }) => reject(connectionLost()));
    this.#waiting.clear();
    this.#handlers.closed({ code, welcomed, goaway: this.#goaway });
  }
}

function connectionLost() {
  return new Problem(0, { code: 'connection-lost', title: 'The connection was lost' });
}
