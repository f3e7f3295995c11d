// People by id: names and presence, each asked for once.
import { Feed } from './observable.js';
import { repeatInBackground } from './repeat.js';

/** @typedef {{id: string, username: string|null, displayName: string|null, erased: boolean, deleted: boolean, deactivated: boolean, roles?: string[]}} Person */

const WATCHED_AT_ONCE = 500;
const ASKED_AT_ONCE = 50;

/** Whoever is drawn is asked for again after this time: people change their names, close their accounts and are erased. */
const FRESH_MS = 10 * 60_000;

/** What decides how a person is called. */
const CALLED = ['username', 'displayName', 'erased', 'deleted'];

export class People extends Feed {
  #client;
  /** @type {Map<string, Person>} */
  #known = new Map();
  #onErased;
  /** When each was last asked for. @type {Map<string, number>} */
  #asked = new Map();
  /** Ids that are asked for together, after the present drawing. @type {string[]} */
  #wanted = [];
  /** @type {Map<string, {status: string, lastActiveAt?: string}>} */
  #presence = new Map();
  #watched = new Set();
  /** Another number after each change of what people are called. */
  version = 0;

  /** @param {(id: string) => void} onErased is told of each person who is found to be erased */
  constructor(client, onErased) {
    super();
    this.#client = client;
    this.#onErased = onErased;
    client.on('presence', (frame) => {
      this.#presence.set(frame.user, frame);
      this.changed();
    });
    client.on('caught-up', () => this.#watch([...this.#watched]));
  }

  /** The person, as far as known; asks for the rest. @returns {Person | null} */
  get(id) {
    const person = this.#known.get(id);
    if (id && !(Date.now() - (this.#asked.get(id) ?? 0) < FRESH_MS)) {
      this.#want(id);
    }
    return person ?? null;
  }

  #want(id) {
    this.#asked.set(id, Date.now());
    if (this.#wanted.push(id) === 1) {
      setTimeout(() => this.#askWanted());
    }
  }

  #askWanted() {
    const wanted = this.#wanted;
    this.#wanted = [];
    while (wanted.length > 0) {
      const ids = wanted.splice(0, ASKED_AT_ONCE);
      if (ids.length === 1) {
        this.#ask(ids[0]);
      } else {
        this.#askSeveral(ids);
      }
    }
  }

  /** A person who is new may be missing in an answer about several, never in one about them alone. */
  async #askSeveral(ids) {
    const answer = await this.#read('/users', { ids: ids.join(',') });
    const users = answer?.users ?? [];
    const answered = new Set(users.map((person) => person.id));
    users.forEach((person) => this.#keep(person));
    this.changed();
    ids.filter((id) => !answered.has(id)).forEach((id) => this.#ask(id));
  }

  async #ask(id) {
    const person = await this.#read(`/users/${encodeURIComponent(id)}`);
    if (person) {
      this.put(person);
    }
  }

  #read(path, query) {
    return repeatInBackground(() => this.#client.request('GET', path, { query }), () => !this.#client.login);
  }

  put(person) {
    this.#asked.set(person.id, Date.now());
    this.#keep(person);
    this.changed();
  }

  #keep(person) {
    const before = this.#known.get(person.id);
    this.#known.set(person.id, person);
    if (CALLED.some((name) => before?.[name] !== person[name])) {
      this.version++;
    }
    if (person.erased && !before?.erased) {
      this.#onErased(person.id);
    }
  }

  /** Names to show until they are asked for again. @param {Person[]} people */
  restore(people) {
    people.filter((person) => !this.#known.has(person.id)).forEach((person) => this.#known.set(person.id, person));
    this.version++;
    this.changed();
  }

  /** @returns {Person[]} */
  get known() {
    return [...this.#known.values()];
  }

  async find(query, signal) {
    const { users } = await this.#client.request('GET', '/users', { query: { query, limit: 20 }, signal });
    users.forEach((person) => this.put(person));
    return users;
  }

  presence(id) {
    return this.#presence.get(id) ?? null;
  }

  /** @param {string[]} users */
  watch(users) {
    const added = users.filter((user) => !this.#watched.has(user)).slice(0, WATCHED_AT_ONCE - this.#watched.size);
    added.forEach((user) => this.#watched.add(user));
    this.#watch(added);
  }

  #watch(users) {
    if (users.length > 0) {
      this.#client.tell({ type: 'presence.watch', users });
    }
  }
}
