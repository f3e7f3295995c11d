// What was last shown, kept in this browser so that a reload shows it at once. The server stays the source: whatever comes
// from here is read again as soon as there is a connection. A log-out deletes it.
import { deleteDB, openDB } from 'idb';

const NAME = 'parley';
const STORE = 'shown';

export class Cache {
  #database;
  #user;
  /** Ends when what is stored is of this user. */
  #checked;

  /** @param {string} user whose data these are; those of another user are deleted */
  constructor(user) {
    this.#user = user;
    this.#database = this.#open();
    this.#checked = this.#check();
  }

  async #open() {
    try {
      return await openDB(NAME, 1, { upgrade: (created) => created.createObjectStore(STORE) });
    } catch {
      // A browser in private mode may have no storage. Then everything comes from the server.
      return null;
    }
  }

  async #check() {
    try {
      const transaction = (await this.#database)?.transaction(STORE, 'readwrite');
      if (transaction && (await transaction.store.get('user')) !== this.#user) {
        transaction.store.clear();
        transaction.store.put(this.#user, 'user');
      }
      await transaction?.done;
    } catch {
      this.#database = Promise.resolve(null);
    }
  }

  async get(key) {
    try {
      await this.#checked;
      return await (await this.#database)?.get(STORE, key);
    } catch {
      return undefined;
    }
  }

  async put(key, value) {
    try {
      await this.#checked;
      await (await this.#database)?.put(STORE, value, key);
    } catch {
      // Full or closed: the next reload is slower, and nothing else.
    }
  }

  async wipe() {
    (await this.#database)?.close();
    this.#database = Promise.resolve(null);
    await deleteDB(NAME);
  }
}
