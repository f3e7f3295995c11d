import { newDevice } from './ids.js';
import { OidcFlow } from './oidc.js';
import { Problem } from './problem.js';

const LOGIN = 'parley.login';
const DEVICE = 'parley.device';

/** A token with less time left is exchanged before it is used. */
const SHORTEST_VALIDITY_MS = 60_000;

/**
 * @typedef {object} Login
 * @property {{id: string, username: string, displayName: string}} user
 * @property {string[]} roles such as `analyst`; empty for most users
 * @property {string} device
 * @property {boolean} external whether an OpenID Connect issuer has the account's password
 * @property {number} expiresAt when the access token expires, in milliseconds since 1970 by the clock of this machine
 *
 * @typedef {{accessToken: string, refreshToken?: string, expiresInSeconds: number, user: Login['user'],
 *   webSocketUrl?: string, external?: import('./oidc.js').Issuer}} Tokens
 * @typedef {Tokens & {device: string, expiresAt: number}} StoredLogin
 */

/**
 * The REST side of the client: one login session, whose tokens are kept in the storage. Tabs that share a storage share the
 * login session.
 */
export class Session {
  #baseUrl;
  #storage;
  #fetch;
  /** @type {string | undefined} */
  #device;
  /** @type {Promise<StoredLogin> | null} */
  #refreshing = null;
  #onEnd;
  #oidc;

  /**
   * @param {{baseUrl: string, storage: import('./storage.js').ClientStorage, fetch: typeof fetch, device?: string,
   *   onEnd: () => void}} options `onEnd` is called when the server has ended the login session
   */
  constructor({ baseUrl, storage, fetch, device, onEnd }) {
    this.#baseUrl = baseUrl;
    this.#storage = storage;
    this.#fetch = fetch;
    this.#device = device;
    this.#onEnd = onEnd;
    this.#oidc = new OidcFlow(fetch, storage);
  }

  /** @returns {StoredLogin | null} */
  get stored() {
    const text = this.#storage.getItem(LOGIN);
    return text ? JSON.parse(text) : null;
  }

  /** @returns {Login | null} */
  get login() {
    const stored = this.stored;
    return stored && {
      user: stored.user,
      roles: rolesOf(stored.accessToken),
      device: stored.device,
      external: Boolean(stored.external),
      expiresAt: stored.expiresAt,
    };
  }

  /** The id of this device, created with the first use. */
  get device() {
    const device = this.#device ?? this.stored?.device ?? this.#storage.getItem(DEVICE) ?? newDevice();
    this.#device = device;
    this.#storage.setItem(DEVICE, device);
    return device;
  }

  /** Whether this is the key of the login in the storage. @param {string | null} key */
  static isLoginKey(key) {
    return key === LOGIN || key === null;
  }

  /** @param {{username: string, password: string, displayName: string}} account */
  signUp(account) {
    return this.#call('POST', '/accounts', { body: account });
  }

  /** Has a code sent to the address of the account, which {@link resetPassword} takes. @param {string} username or an address */
  askForReset(username) {
    return this.#call('POST', '/password-resets/requests', { body: { username } });
  }

  /** @param {{username: string, code: string, newPassword: string}} reset */
  resetPassword(reset) {
    return this.#call('POST', '/password-resets', { body: reset });
  }

  /**
   * How people log in to this server. Needs no login.
   *
   * @returns {Promise<{passwords: boolean, issuer?: import('./oidc.js').Issuer, demo: {username: string, displayName: string, roles: string[], password: string}[]}>}
   */
  options() {
    return this.#call('GET', '/login-options', {});
  }

  /** @param {{username: string, password: string}} credentials */
  async logIn({ username, password }) {
    const device = this.device;
    this.#keep(await this.#call('POST', '/sessions', { body: { username, password, device } }), device);
  }

  /** @param {import('./oidc.js').Issuer} issuer @param {string} redirectUri */
  beginAt(issuer, redirectUri) {
    return this.#oidc.begin(issuer, redirectUri);
  }

  /** @param {URLSearchParams} answer of the issuer */
  async finishAt(answer) {
    const tokens = await this.#oidc.finish(answer);
    const user = await this.#call('GET', '/users/me', { token: tokens.accessToken });
    this.#keep({ ...tokens, user }, this.device);
  }

  async logOut() {
    try {
      if (this.stored && !this.stored.external) {
        await this.request('DELETE', '/sessions/current');
      }
    } finally {
      this.forget();
    }
  }

  forget() {
    this.#storage.removeItem(LOGIN);
  }

  /** The next login is one of a new device. */
  forgetDevice() {
    this.#device = undefined;
    this.#storage.removeItem(DEVICE);
  }

  /**
   * A REST request with the token of the login.
   *
   * @param {string} method
   * @param {string} path below `/api/v1`
   * @param {{body?: unknown, query?: Record<string, unknown>, signal?: AbortSignal, as?: 'json' | 'text' | 'blob'}} [options]
   * @returns {Promise<any>} the answer as JSON, unless another form is asked for; undefined if it has no body
   * @throws {Problem}
   */
  async request(method, path, options = {}) {
    const token = await this.freshToken();
    try {
      return await this.#call(method, path, { ...options, token });
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 401) {
        throw problem;
      }
      const { accessToken } = await this.refresh(token);
      return this.#call(method, path, { ...options, token: accessToken });
    }
  }

  /** An access token that is valid for at least a minute. */
  async freshToken() {
    const stored = this.#require();
    return stored.expiresAt - Date.now() < SHORTEST_VALIDITY_MS
      ? (await this.refresh(stored.accessToken)).accessToken
      : stored.accessToken;
  }

  /**
   * Exchanges the refresh token, once for all callers and all tabs.
   *
   * @param {string} [refused] the access token that the caller wants to replace
   */
  refresh(refused = this.#require().accessToken) {
    this.#refreshing ??= this.#exclusively(() => this.#exchange(refused)).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** @param {string} refused */
  async #exchange(refused) {
    const stored = this.#require();
    if (stored.accessToken !== refused && stored.expiresAt - Date.now() >= SHORTEST_VALIDITY_MS) {
      return stored; // Another tab has exchanged it.
    }
    try {
      const tokens = stored.external
        ? { ...stored, ...(await this.#oidc.refresh(stored.external, stored.refreshToken)) }
        : await this.#call('POST', '/sessions/refresh', { body: { refreshToken: stored.refreshToken } });
      return this.#keep(tokens, stored.device);
    } catch (problem) {
      if (problem instanceof Problem && problem.endsLogin) {
        this.forget();
        this.#onEnd();
      }
      throw problem;
    }
  }

  /** @template T @param {() => Promise<T>} action @returns {Promise<T>} */
  #exclusively(action) {
    const locks = globalThis.navigator?.locks;
    return locks ? /** @type {Promise<any>} */ (locks.request('parley.refresh', action)) : action();
  }

  /** @param {Tokens} tokens @param {string} device @returns {StoredLogin} */
  #keep(tokens, device) {
    const stored = { ...tokens, device, expiresAt: Date.now() + tokens.expiresInSeconds * 1000 };
    this.#storage.setItem(LOGIN, JSON.stringify(stored));
    return stored;
  }

  #require() {
    const stored = this.stored;
    if (!stored) {
      throw new Problem(401, { code: 'unauthenticated', title: 'Log in first' });
    }
    return stored;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {{body?: unknown, query?: Record<string, unknown>, signal?: AbortSignal, token?: string, as?: 'json' | 'text' | 'blob'}} options
   */
  async #call(method, path, { body, query, signal, token, as = 'json' }) {
    /** @type {Record<string, string>} */
    const headers = { Accept: as === 'json' ? 'application/json, application/problem+json' : '*/*' };
    if (token) {
      headers.Authorization = `Bearer ${token}`;
    }
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    let response;
    let text;
    try {
      response = await this.#fetch(`${this.#baseUrl}/api/v1${path}${queryString(query)}`, {
        method,
        headers,
        signal,
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      if (response.ok && as === 'blob') {
        return await response.blob();
      }
      text = await response.text();
    } catch {
      throw signal?.aborted
        ? new Problem(0, { code: 'aborted', title: 'The request was aborted' })
        : new Problem(0, { code: 'unreachable', title: 'The server cannot be reached' });
    }
    if (response.ok && as === 'text') {
      return text;
    }
    const answer = parsed(text);
    if (!response.ok) {
      throw new Problem(response.status, { retryAfterMs: retryAfter(response), ...answer });
    }
    return answer;
  }
}

/** @param {Record<string, unknown>} [query] parameters; those that are undefined or null are left out, arrays are repeated */
function queryString(query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) {
        parameters.append(name, String(each));
      }
    }
  }
  return parameters.size > 0 ? `?${parameters}` : '';
}

/** @param {string} text */
function parsed(text) {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined; // Not from Parley, such as the error page of a proxy.
  }
}

/** @param {Response} response */
function retryAfter(response) {
  const seconds = Number(response.headers.get('Retry-After'));
  return seconds > 0 ? seconds * 1000 : undefined;
}

/** @param {string} accessToken @returns {string[]} */
function rolesOf(accessToken) {
  try {
    const claims = atob(accessToken.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'));
    return JSON.parse(claims).roles ?? [];
  } catch {
    return []; // Tokens of another issuer may have any form.
  }
}
