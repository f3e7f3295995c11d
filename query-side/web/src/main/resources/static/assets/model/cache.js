// What was last shown, kept in this browser so that a reload shows it at once. The server stays the source: whatever comes
// from here is read again as soon as there is a connection. A log-out deletes it.
import { deleteDB, openDB } from 'idb';

const NAME = 'parley';
const STORE = 'shown';

/** As long as the first drawing waits for the browser's storage. */
const FIRST_MS = 300;

/** @param {string} id of a conversation */
export const logKey = (id) => `log/${id}`;

/** A log that nobody opens is not kept for longer: texts expire on the server, and their authors are erased. */
const LONGEST_MS = 7 * 24 * 3600_000;
const MOST_LOGS = 200;

const LOGS = IDBKeyRange.bound('log/', 'log/\uffff');

/** The key of the time when a log was last kept. */
const timeKey = (log) => `kept/${log}`;
const TIMES = IDBKeyRange.bound('kept/', 'kept/\uffff');

/** After a start, whose first view needs the database. */
const TIDY_AFTER_MS = 5000;

export class Cache {
  #database;
  #user;
  /** Ends when what is stored is of this user. */
  #checked;
  /** @type {Map<string, any>} */
  #first = new Map();
  /** Ends when {@link take} has what was read first, or after FIRST_MS. */
  ready;

  /**
   * @param {string} user whose data these are; those of another user are deleted
   * @param {string[]} [first] what to read at once
   */
  constructor(user, first = []) {
    this.#user = user;
    this.#database = this.#open();
    this.#checked = this.#check(first);
    this.ready = Promise.race([this.#checked, new Promise((resolve) => setTimeout(resolve, FIRST_MS))]);
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

  async #check(first) {
    try {
      const database = await this.#database;
      const read = database?.transaction(STORE).store;
      const [owner, ...values] = read ? await Promise.all(['user', ...first].map((key) => read.get(key))) : [];
      if (owner === this.#user) {
        first.forEach((key, i) => this.#first.set(key, values[i]));
      } else if (database) {
        const { store, done } = database.transaction(STORE, 'readwrite');
        store.clear();
        store.put(this.#user, 'user');
        await done;
      }
    } catch {
      this.#database = Promise.resolve(null);
    }
  }

  /** What was read first. A later question finds nothing. */
  take(key) {
    const value = this.#first.get(key);
    this.#first.delete(key);
    return value;
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

  /**
   * Keeps what is shown of a conversation, without the texts of erased people. A page that is being left has no time to wait
   * for anything.
   *
   * @param {(sender: string) => boolean} isErased
   */
  putLog(key, log, isErased) {
    return this.#change(async (store) => {
      store.put(Date.now(), timeKey(key));
      store.put({ ...log, entries: log.entries.map((entry) => (isErased(entry.sender) ? withoutText(entry) : entry)) }, key);
      store.transaction.commit();
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
      const [logs, keys, times] = await Promise.all([store.getAllKeys(LOGS), store.getAllKeys(TIMES), store.getAll(TIMES)]);
      const timeOf = (log) => times[keys.indexOf(timeKey(log))] ?? 0;
      logs.sort((a, b) => timeOf(b) - timeOf(a)).filter((log, i) => i >= MOST_LOGS || Date.now() - timeOf(log) > LONGEST_MS).forEach((log) => {
        store.delete(log);
        store.delete(timeKey(log));
      });
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
    this.#first.clear();
    (await this.#database)?.close();
    this.#database = Promise.resolve(null);
    await deleteDB(NAME);
  }
}

function withoutText(entry) {
  const { text, ...rest } = entry;
  return text === undefined ? entry : { ...rest, erased: true };
}
