// What was last shown, kept in this browser so that a reload shows it at once. The server stays the source: whatever comes
// from here is read again as soon as there is a connection. A log-out deletes it.
import { deleteDB, openDB } from 'idb';

const NAME = 'parley';
const STORE = 'shown';

/** When each log was last kept. */
const KEPT = 'kept';

/** A log that nobody opens is not kept for longer: texts expire on the server, and their authors are erased. */
const LONGEST_MS = 7 * 24 * 3600_000;
const MOST_LOGS = 200;

/** The keys of logs. */
const LOGS = IDBKeyRange.bound('log/', 'log/\uffff');

/** After a start, whose first view needs the database. */
const TIDY_AFTER_MS = 5000;

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
    setTimeout(() => this.#tidy(), TIDY_AFTER_MS);
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

  /** Keeps what is shown of a conversation, without the texts of erased people. @param {(sender: string) => boolean} isErased */
  putLog(key, log, isErased) {
    return this.#change(async (store) => {
      store.put({ ...log, entries: log.entries.map((entry) => (isErased(entry.sender) ? withoutText(entry) : entry)) }, key);
      store.put({ ...(await store.get(KEPT)), [key]: Date.now() }, KEPT);
    });
  }

  /** Drops the texts of this person from every log that is kept. @param {string} sender */
  dropTextsOf(sender) {
    return this.#change(async (store) => {
      for (let cursor = await store.openCursor(LOGS); cursor; cursor = await cursor.continue()) {
        const log = cursor.value;
        if (log.entries.some((entry) => entry.sender === sender && entry.text)) {
          cursor.update({ ...log, entries: log.entries.map((entry) => (entry.sender === sender ? withoutText(entry) : entry)) });
        }
      }
    });
  }

  /** Deletes the logs that were not opened for long, and those beyond the limit. */
  #tidy() {
    return this.#change(async (store) => {
      const kept = (await store.get(KEPT)) ?? {};
      const keys = (await store.getAllKeys(LOGS)).sort((a, b) => (kept[b] ?? 0) - (kept[a] ?? 0));
      const stay = keys.filter((key, i) => i < MOST_LOGS && Date.now() - (kept[key] ?? 0) < LONGEST_MS);
      keys.filter((key) => !stay.includes(key)).forEach((key) => store.delete(key));
      store.put(Object.fromEntries(stay.map((key) => [key, kept[key]])), KEPT);
    });
  }

  /** Changes several values at once, if there is a database. @param {(store: any) => Promise<void>} change */
  async #change(change) {
    try {
      await this.#checked;
      const transaction = (await this.#database)?.transaction(STORE, 'readwrite');
      await (transaction && change(transaction.store));
      await transaction?.done;
    } catch {
      // Full, closed or wiped: the next reload is slower, and nothing else.
    }
  }

  async wipe() {
    (await this.#database)?.close();
    this.#database = Promise.resolve(null);
    await deleteDB(NAME);
  }
}

function withoutText(entry) {
  const { text, ...rest } = entry;
  return text === undefined ? entry : { ...rest, erased: true };
}
