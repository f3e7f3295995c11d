// REST: one login per tab, kept in the storage of the tab, with tokens that are renewed in time.

const LOGIN = 'parley.login';
const DEVICE = 'parley.device';

/** A refusal. The detail is shown to the user; programs use the code. */
export class Problem extends Error {
  constructor(status, { title, detail, code, retryAfterMs } = {}) {
    super(detail ?? title ?? `The server answered ${status}`);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A random id. Unlike crypto.randomUUID it is available without https. */
function randomHex(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (b) => b.toString(16).padStart(2, '0')).join('');
}

/** A UUIDv7. By its time the server recognises repeated messages without keeping all ids in memory. */
export function newClientMessageId() {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = randomHex(10);
  const variant = (8 + (parseInt(random[4], 16) % 4)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(5, 8)}-${random.slice(8, 20)}`;
}

/** Every tab is a separate device, so that two tabs of one user both get all entries. */
export function device() {
  let id = sessionStorage.getItem(DEVICE);
  if (!id) {
    id = `web-${randomHex(12)}`;
    sessionStorage.setItem(DEVICE, id);
  }
  return id;
}

let login = JSON.parse(sessionStorage.getItem(LOGIN) ?? 'null');
let refreshing = null;

function keep(answer) {
  login = { ...login, ...answer, expiresAt: Date.now() + answer.expiresInSeconds * 1000 };
  sessionStorage.setItem(LOGIN, JSON.stringify(login));
}

export function currentLogin() {
  return login;
}

export function forgetLogin({ andDevice = false } = {}) {
  login = null;
  sessionStorage.removeItem(LOGIN);
  if (andDevice) {
    sessionStorage.removeItem(DEVICE);
  }
}

async function fetchJson(method, path, body, token) {
  const headers = { Accept: 'application/json, application/problem+json' };
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  let response;
  try {
    response = await fetch(`/api/v1${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Problem(0, { title: 'The server cannot be reached', code: 'unreachable' });
  }
  const text = await response.text();
  let answer;
  try {
    answer = text ? JSON.parse(text) : undefined;
  } catch {
    answer = undefined;
  }
  if (!response.ok) {
    throw new Problem(response.status, answer);
  }
  return answer;
}

/** Exchanges the refresh token once for all callers, because using it again later ends the session. */
export function refresh() {
  refreshing ??= fetchJson('POST', '/sessions/refresh', { refreshToken: login?.refreshToken })
    .then(keep)
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

/** An access token that is valid for at least a minute. */
export async function freshToken() {
  if (login.expiresAt - Date.now() < 60_000) {
    await refresh();
  }
  return login.accessToken;
}

export async function request(method, path, body) {
  try {
    return await fetchJson(method, path, body, await freshToken());
  } catch (problem) {
    if (problem.status !== 401 || !login) {
      throw problem;
    }
    await refresh();
    return fetchJson(method, path, body, login.accessToken);
  }
}

export async function signUp(username, password, displayName) {
  await fetchJson('POST', '/accounts', { username, password, displayName });
}

export async function logIn(username, password) {
  keep(await fetchJson('POST', '/sessions', { username, password, device: device() }));
}

export async function logOut() {
  try {
    await request('DELETE', '/sessions/current');
  } finally {
    forgetLogin();
  }
}
