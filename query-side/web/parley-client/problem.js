const FIRST_RETRY_MS = 500;

export const LONGEST_RETRY_MS = 15_000;

/** How long to wait after so many failures before. @param {number} failures */
export const backoffMs = (failures) => Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);

/**
 * A refusal of the server or a failure on the way to it. `message` is a sentence for people; programs use `code`.
 */
export class Problem extends Error {
  /**
   * @param {number} status HTTP status; 0 for an answer over the socket and where no answer came
   * @param {{code?: string, title?: string, detail?: string, retryAfterMs?: number}} [document]
   */
  constructor(status, { code, title, detail, retryAfterMs } = {}) {
    super(detail ?? title ?? `The server answered ${status}`);
    this.name = 'Problem';
    /** @type {number} */
    this.status = status;
    /** @type {string} the server's code, or `unreachable`, `connection-lost` or `aborted` */
    this.code = code ?? `status-${status}`;
    /** @type {string} */
    this.title = title ?? this.message;
    /** @type {string | undefined} */
    this.detail = detail;
    /** @type {number | undefined} */
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request can succeed later, without a change of the request. */
  get passing() {
    return PASSING.has(this.code) || this.status === 429 || this.status >= 500;
  }

  /** How long to wait before the same request is sent again. @param {number} failures how often it has failed before */
  pauseMs(failures) {
    return this.retryAfterMs ?? backoffMs(failures);
  }

  /** Whether the login session is over, as answered to a refresh. */
  get endsLogin() {
    return this.status >= 400 && this.status < 500 && this.status !== 429 && this.status !== 408;
  }
}

const PASSING = new Set([
  'unreachable', 'connection-lost', 'outcome-unknown', 'retry-later', 'rate-limited', 'limit-exceeded', 'draining',
  'internal-error', 'unauthenticated', 'token-invalid', 'token-expired',
]);
