import { Problem } from './problem.js';

const WAIT_SECONDS = 25;

/**
 * Reads new entries over REST, for networks without WebSockets: `GET /sync` answers as soon as there is an entry.
 */
export class PollFeed {
  #request;
  #handlers;
  #stop = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {(path: string, options: {query: Record<string, unknown>, signal: AbortSignal}) => Promise<any>} request
   * @param {{cursor: () => string | null, cursorRefused: () => void, received: (frame: any) => void,
   *   failed: (problem: Problem) => void}} handlers
   */
  constructor(request, handlers) {
    this.#request = request;
    this.#handlers = handlers;
    this.#run();
  }

  stop() {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  get #stopped() {
    return this.#stop.signal.aborted;
  }

  async #run() {
    let caughtUp = false;
    let failures = 0;
    while (!this.#stopped) {
      try {
        caughtUp = await this.#poll(caughtUp);
        failures = 0;
      } catch (error) {
        if (this.#stopped) {
          return;
        }
        const problem = error instanceof Problem ? error : new Problem(0, { code: 'client-error', title: String(error) });
        if (problem.code === 'cursor-invalid' || problem.code === 'cursor-expired') {
          this.#handlers.cursorRefused();
          continue;
        }
        caughtUp = false;
        this.#handlers.failed(problem);
        await this.#pause(problem.pauseMs(failures++));
      }
    }
  }

  /** @param {boolean} caughtUp @returns {Promise<boolean>} whether everything up to now has been received */
  async #poll(caughtUp) {
    const cursor = this.#handlers.cursor();
    const query = { cursor, wait: cursor && caughtUp ? WAIT_SECONDS : 0 };
    const answer = await this.#request('/sync', { query, signal: this.#stop.signal });
    if (this.#stopped) {
      return false;
    }
    for (const entry of answer.entries) {
      this.#handlers.received({ type: 'entry', ...entry });
    }
    const now = !answer.more;
    this.#handlers.received({ type: now && !caughtUp ? 'caught-up' : 'cursor', cursor: answer.cursor });
    return now;
  }

  /** @param {number} ms */
  #pause(ms) {
    return new Promise((resolve) => {
      this.#timer = setTimeout(() => resolve(undefined), ms);
      this.#stop.signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
  }
}
