// A stretch of one conversation's log: the entries that are drawn, and those that come live.
import { Observable } from './observable.js';

const PAGE = 60;

/** As many entries as stay in memory and in the page; the stretch moves along with the reader. */
const MOST = 240;

export class ConversationLog extends Observable {
  #client;
  /** @type {Map<number, any>} */
  #entries = new Map();
  #unsubscribe;
  #busy = Promise.resolve();
  /** The last entries that came live: a page that was under way meanwhile may not have them. */
  #recent = [];
  id;
  head = 0;
  /** Whether the stretch ends at the head, so that live entries are appended. */
  atHead = true;
  /** Whether the stretch begins with the first visible entry. */
  atStart = false;
  /** @type {Map<string, number>} */
  typing = new Map();
  /** @type {Map<string, number>} read positions of other people */
  reads = new Map();
  loaded = false;

  constructor(client, id) {
    super();
    this.#client = client;
    this.id = id;
    const unsubscribes = [
      client.on('entry', (frame) => frame.conversation === id && this.#live(frame)),
      client.on('typing', (frame) => frame.conversation === id && this.#typed(frame.user)),
      client.on('read', (frame) => frame.conversation === id && this.#read(frame)),
      client.on('resync', () => this.#again().catch(() => undefined)),
    ];
    this.#unsubscribe = () => unsubscribes.forEach((end) => end());
  }

  close() {
    this.#unsubscribe();
  }

  /** What {@link restore} takes. */
  snapshot() {
    return { entries: this.entries, head: this.head, atHead: this.atHead, atStart: this.atStart };
  }

  /** Shows what was shown before, until it is read again. */
  restore({ entries, head, atHead, atStart }) {
    if (!this.loaded) {
      entries.forEach((entry) => this.#entries.set(entry.position, entry));
      Object.assign(this, { head: Math.max(this.head, head), atHead, atStart, loaded: true });
      this.changed();
    }
  }

  /** Reads the stretch anew that holds this position, or else the end. */
  refresh(position) {
    return position ? this.#inTurn(() => this.#readAround(position)) : this.toEnd();
  }

  #fetch(query) {
    return this.#client.request('GET', `/conversations/${encodeURIComponent(this.id)}/entries`, { query: { limit: PAGE, ...query } });
  }

  /** Runs one task after the other. A failed one is told to its caller and does not stop the next. */
  #inTurn(task) {
    const result = this.#busy.then(task);
    this.#busy = result.catch(() => undefined);
    return result;
  }

  toEnd() {
    return this.#inTurn(() => this.#readEnd());
  }

  async #readEnd() {
    const minPosition = Math.max(this.head, this.#client.lastPosition(this.id)) || undefined;
    this.#replace(await this.#fetch({ minPosition }));
    const read = this.last;
    this.#recent.filter((entry) => entry.position > read).forEach((entry) => this.#put(entry));
    this.atStart = this.first <= 1 || this.#entries.size < PAGE;
    this.atHead = true;
    this.changed();
  }

  /** Moves the stretch so that it holds this position. */
  around(position) {
    return this.#inTurn(() => (this.#entries.has(position) ? this.changed() : this.#readAround(position)));
  }

  async #readAround(position) {
    this.#replace(await this.#fetch({ around: position }));
    this.atStart = this.first <= 1;
    this.atHead = this.last >= this.head;
    this.changed();
  }

  /** Reads the same stretch anew, because it is not known what was missed. */
  #again() {
    return this.#inTurn(async () => {
      if (this.loaded) {
        const positions = this.positions;
        await (this.atHead ? this.#readEnd() : this.#readAround(positions[Math.floor(positions.length / 2)]));
      }
    });
  }

  #replace({ entries, head }) {
    this.#entries.clear();
    this.head = Math.max(this.head, head ?? 0);
    entries.forEach((entry) => this.#put(entry));
    this.loaded = true;
  }

  earlier() {
    return this.#inTurn(async () => {
      if (this.atStart || this.#entries.size === 0) {
        return;
      }
      const { entries } = await this.#fetch({ before: this.first });
      entries.forEach((entry) => this.#put(entry));
      this.atStart = entries.length === 0;
      this.#forget(this.positions.slice(MOST), () => {
        this.atHead = false;
      });
      this.changed();
    });
  }

  later() {
    return this.#inTurn(async () => {
      if (this.atHead) {
        return;
      }
      const { entries, head } = await this.#fetch({ after: this.last });
      this.head = Math.max(this.head, head ?? 0);
      entries.forEach((entry) => this.#put(entry));
      this.atHead = entries.length === 0 || this.last >= this.head;
      const positions = this.positions;
      this.#forget(positions.slice(0, Math.max(0, positions.length - MOST)), () => {
        this.atStart = false;
      });
      this.changed();
    });
  }

  #forget(positions, then) {
    if (positions.length > 0) {
      positions.forEach((position) => this.#entries.delete(position));
      then();
    }
  }

  #live(entry) {
    this.typing.delete(entry.sender);
    const before = this.head;
    this.head = Math.max(this.head, entry.position);
    this.#recent = [...this.#recent, entry].slice(-MOST);
    if (!this.loaded) {
      return;
    }
    if (this.atHead && this.last >= before) {
      this.#put(entry);
      const positions = this.positions;
      this.#forget(positions.slice(0, Math.max(0, positions.length - MOST)), () => {
        this.atStart = false;
      });
    } else if (this.atHead) {
      // An entry between was not answered yet when the end was read.
      this.toEnd().catch(() => undefined);
    } else {
      this.#change(entry);
    }
    this.changed();
  }

  #put(entry) {
    if (this.#entries.has(entry.position)) {
      return;
    }
    this.#entries.set(entry.position, { ...entry });
    this.#change(entry);
    if (entry.kind === 'message') {
      [...this.#entries.values()].filter((other) => other.target === entry.position).forEach((other) => this.#change(other));
    }
  }

  /** Applies an edit, a retraction or a reaction to its message. A message of the history has edits in it already. */
  #change(entry) {
    const target = this.#entries.get(entry.target);
    if (!target || target.kind !== 'message') {
      return;
    }
    if (entry.kind === 'edit' && !target.retracted && !(target.edited >= entry.position)) {
      Object.assign(target, { text: entry.text, edited: entry.position, mentions: entry.mentions ?? target.mentions, erased: entry.erased });
    } else if (entry.kind === 'retraction') {
      target.retracted = entry.position;
      delete target.text;
    } else if (entry.kind === 'reaction') {
      target.reactions ??= new Map();
      const people = target.reactions.get(entry.emoji) ?? new Set();
      entry.added ? people.add(entry.sender) : people.delete(entry.sender);
      people.size === 0 ? target.reactions.delete(entry.emoji) : target.reactions.set(entry.emoji, people);
    }
  }

  #typed(user) {
    this.typing.set(user, Date.now());
    setTimeout(() => {
      if (Date.now() - (this.typing.get(user) ?? 0) >= 4500) {
        this.typing.delete(user);
        this.changed();
      }
    }, 5000);
    this.changed();
  }

  #read({ user, position }) {
    this.reads.set(user, Math.max(position, this.reads.get(user) ?? 0));
    this.changed();
  }

  get(position) {
    return this.#entries.get(position) ?? null;
  }

  get positions() {
    return [...this.#entries.keys()].sort((a, b) => a - b);
  }

  get first() {
    return this.positions[0] ?? 0;
  }

  get last() {
    return this.positions.at(-1) ?? 0;
  }

  /** In their order. */
  get entries() {
    return this.positions.map((position) => this.#entries.get(position));
  }
}
