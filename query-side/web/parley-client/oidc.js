import { Problem } from './problem.js';

const STARTED = 'parley.oidc';

/**
 * @typedef {{issuer: string, clientId: string}} Issuer an OpenID Connect issuer, and the public client that is known there
 * @typedef {{accessToken: string, refreshToken?: string, expiresInSeconds: number}} IssuedTokens
 */

/** The authorization code flow of OpenID Connect with PKCE, for a public client in a browser. */
export class OidcFlow {
  #fetch;
  #storage;

  /** @param {typeof globalThis.fetch} fetch @param {import('./storage.js').ClientStorage} storage */
  constructor(fetch, storage) {
    this.#fetch = fetch;
    this.#storage = storage;
  }

  /**
   * Begins a login. Returns the URL of the issuer where the user goes.
   *
   * @param {Issuer} issuer
   * @param {string} redirectUri where the issuer sends the user back
   */
  async begin({ issuer, clientId }, redirectUri) {
    const { authorization_endpoint: endpoint } = await this.#metadata(issuer);
    const verifier = base64Url(crypto.getRandomValues(new Uint8Array(32)));
    const state = base64Url(crypto.getRandomValues(new Uint8Array(16)));
    const challenge = base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
    this.#storage.setItem(STARTED, JSON.stringify({ issuer, clientId, redirectUri, verifier, state }));
    const url = new URL(endpoint);
    Object.entries({
      response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope: 'openid profile', state,
      code_challenge: challenge, code_challenge_method: 'S256',
    }).forEach(([name, value]) => url.searchParams.set(name, value));
    return String(url);
  }

  /**
   * Ends a login with what the issuer has sent back. A login that this browser did not begin is refused.
   *
   * @param {URLSearchParams} answer
   * @returns {Promise<IssuedTokens & {external: Issuer}>}
   */
  async finish(answer) {
    const started = JSON.parse(this.#storage.getItem(STARTED) ?? 'null');
    this.#storage.removeItem(STARTED);
    const code = answer.get('code');
    if (!started || answer.get('state') !== started.state || !code) {
      throw new Problem(401, { code: 'bad-credentials', title: answer.get('error_description') ?? 'The issuer did not log you in' });
    }
    const { issuer, clientId, redirectUri, verifier } = started;
    const tokens = await this.#tokens({ issuer, clientId }, {
      grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier,
    });
    return { ...tokens, external: { issuer, clientId } };
  }

  /** @param {Issuer} issuer @param {string | undefined} refreshToken @returns {Promise<IssuedTokens>} */
  async refresh(issuer, refreshToken) {
    if (!refreshToken) {
      throw new Problem(401, { code: 'token-expired', title: 'Log in again' });
    }
    const tokens = await this.#tokens(issuer, { grant_type: 'refresh_token', refresh_token: refreshToken });
    return { refreshToken, ...tokens };
  }

  /** @param {Issuer} issuer @param {Record<string, string>} parameters @returns {Promise<IssuedTokens>} */
  async #tokens({ issuer, clientId }, parameters) {
    const { token_endpoint: endpoint } = await this.#metadata(issuer);
    const answer = await this.#json(endpoint, { method: 'POST', body: new URLSearchParams({ client_id: clientId, ...parameters }) });
    return {
      accessToken: answer.access_token,
      expiresInSeconds: answer.expires_in ?? 60,
      ...(answer.refresh_token && { refreshToken: answer.refresh_token }),
    };
  }

  /** @param {string} issuer */
  #metadata(issuer) {
    return this.#json(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  }

  /** @param {string} url @param {RequestInit} [options] */
  async #json(url, options) {
    let response;
    let answer;
    try {
      response = await this.#fetch(url, options);
      answer = await response.json();
    } catch {
      throw new Problem(0, { code: 'unreachable', title: 'The issuer cannot be reached' });
    }
    if (!response.ok) {
      throw new Problem(response.status, { code: answer.error, title: answer.error_description ?? 'The issuer refused' });
    }
    return answer;
  }
}

/** @param {Uint8Array} bytes */
function base64Url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
