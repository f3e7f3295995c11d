// What a reload by somebody who is logged in waits for longest. It begins here, before the texts of the page are loaded.
import { ParleyClient } from 'parley-client';
import { Cache, logKey } from './cache.js';

const STAY = 'parley.stay';

export const staysLoggedIn = () => localStorage.getItem(STAY) !== null;

/** @param {boolean} stay */
export const setStaysLoggedIn = (stay) => (stay ? localStorage.setItem(STAY, '1') : localStorage.removeItem(STAY));

/** Each tab has a login of its own unless the user stays logged in. */
export function start() {
  const stays = staysLoggedIn();
  const client = new ParleyClient({ storage: stays ? localStorage : sessionStorage, shared: stays });
  const cache = client.login && new Cache(client.login.user.id, ['people', 'inbox', logKey(location.pathname.split('/')[2])]);
  return { client, cache };
}

export const started = start();
