// Names of users, each requested once.

import { request, Problem } from './api.js';

const known = new Map();

/** The name to show for a user. Never fails, because a missing name must not hide a message. */
export async function nameOf(user) {
  if (!known.has(user)) {
    known.set(user, request('GET', `/users/${encodeURIComponent(user)}`).then(shown));
  }
  try {
    return await known.get(user);
  } catch {
    known.delete(user);
    return 'Somebody';
  }
}

function shown(person) {
  return person.erased ? 'Deleted user' : (person.displayName ?? person.username);
}

/** Fills the element with the name when it is known. */
export function fillName(element, user) {
  element.textContent = '…';
  nameOf(user).then((name) => {
    element.textContent = name;
  });
  return element;
}

/** The user of exactly this username, as the server compares usernames. */
export async function findByUsername(username) {
  const wanted = folded(username);
  const { users } = await request('GET', `/users?limit=20&query=${encodeURIComponent(username.trim())}`);
  const person = users.find((p) => p.username && folded(p.username) === wanted);
  if (!person) {
    throw new Problem(404, { title: `There is no user called “${username.trim()}”`, code: 'user-not-found' });
  }
  known.set(person.id, Promise.resolve(shown(person)));
  return person.id;
}

function folded(username) {
  return username.trim().normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}
