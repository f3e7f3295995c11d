// A stretch of one conversation's log: the entries that are drawn, and those that come live.
import { Feed } from './observable.js';
import { repeatInBackground } from './repeat.js';

const PAGE = 60;

/** As many entries as stay in memory and in the page; the stretch moves along with the reader. */
const MOST = 240;

/** Messages whose edits, retractions and reactions are remembered, whether they are in the stretch or not. */
const MOST_CHANGED = 2000;

/** As many missed entries as the server answers at once. */
const AHEAD = 200;

/** As often as the read side is asked for what came live, each time for up to a second. After that the next entry asks. */
const MOST_TRIES = 20;

const CHANGES = new Set(['edit', 'retraction', 'reaction']);

export class ConversationLog extends Feed {
  #client;
  /** Entries are replaced and never changed, so that whoever draws one knows by its identity whether it changed. @type {Map<number, any>} */
  #entries = new Map();
  /** The positions of the stretch in their order; null if they must be sorted again. @type {number[] | null} */
  #positions = [];
  /** @type {Map<number, Map<number, any>>} by the position of the message, then by their own, the last used last */
  #changes = new Map();
  /** The last entries that came live. */
  #recent = [];
  /** Every entry up to this position has come live or was read, and so has every change that it made. */
  #known = 0;
  #unsubscribe;
  #busy = Promise.resolve();
  #catchingUp = null;
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
  closed = false;

  constructor(client, id) {
    super();
    this.#client = client;
    this.id = id;
    const unsubscribes = [
      client.on('entry', (frame) => frame.conversation === id && this.#live(frame)),
      client.on('typing', (frame) => frame.conversation === id && this.#typed(frame.user)),
      client.on('read', (frame) => frame.conversation === id && this.#read(frame)),
      client.on('resync', () => this.loaded && this.#catchUp()),
    ];
    this.#unsubscribe = () => unsubscribes.forEach((end) => end());
  }

  close() {
    this.closed = true;
    this.#unsubscribe();
  }

  /** What {@link restore} takes. */
  snapshot() {
    return { entries: this.entries, head: this.head, atHead: this.atHead, atStart: this.atStart };
  }

  /** Shows what was shown before, until it is read again. */
  restore({ entries, head, atHead, atStart }) {
    if (!this.loaded) {
      entries.forEach((entry) => this.#put(entry));
      Object.assign(this, { head: Math.max(this.head, head), atHead, atStart, loaded: true });
      this.#known = head;
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
    this.#replace(await this.#fetch({ minPosition: Math.max(this.head, this.#client.lastPosition(this.id)) || undefined }));
    this.atStart = this.first <= 1 || this.#entries.size < PAGE;
    this.atHead = true;
    this.#takeRecent();
    if (this.#whole < this.head) {
      await this.#readMissed();
    }
    this.changed();
  }

  /** The position up to which nothing is missing in the stretch. */
  get #whole() {
    return this.atHead ? Math.min(this.#known, this.last) : this.#known;
  }

  /** Adds what came live while something was read. */
  #takeRecent() {
    this.#recent.filter((entry) => entry.position === this.#whole + 1).forEach((entry) => this.#take(entry));
  }

  /** The next entry after those that are known. */
  #take(entry, asOf = entry.position) {
    if (this.atHead && entry.position > this.last) {
      this.#put(entry, asOf);
    } else {
      this.#noteChange(entry);
    }
    this.#known = Math.max(this.#known, entry.position);
  }

  /** Reads what was missed, however often that fails. */
  #catchUp() {
    const catchingUp = repeatInBackground(() => this.#inTurn(() => this.#readMissed()), () => this.closed).finally(() => {
      if (this.#catchingUp === catchingUp) {
        this.#catchingUp = null;
      }
    });
    this.#catchingUp = catchingUp;
  }

  /** Reads what was missed, or the stretch anew if that is much. The read side is behind what comes live. */
  async #readMissed() {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const { entries, head } = await this.#fetch({ after: this.#whole, limit: AHEAD, minPosition: this.head || undefined });
      if (entries.length === AHEAD) {
        const positions = this.positions;
        await (this.atHead ? this.#readEnd() : this.#readAround(positions[Math.floor(positions.length / 2)]));
        return;
      }
      entries.forEach((entry) => this.#take(entry, head));
      this.#known = Math.max(this.#known, head);
      this.#takeRecent();
      this.#forgetFirst();
      this.changed();
      if (head >= this.head) {
        return;
      }
    }
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

  #replace({ entries, head }) {
    this.#entries.clear();
    this.#positions = null;
    this.head = Math.max(this.head, head);
    this.#known = head;
    entries.forEach((entry) => this.#put(entry, head));
    this.loaded = true;
  }

  earlier() {
    return this.#inTurn(async () => {
      if (this.atStart || this.#entries.size === 0) {
        return;
      }
      const { entries, head } = await this.#fetch({ before: this.first });
      entries.forEach((entry) => this.#put(entry, head));
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
      entries.forEach((entry) => this.#put(entry, head));
      this.atHead = entries.length === 0 || this.last >= this.head;
      this.#forgetFirst();
      this.changed();
    });
  }

  #forgetFirst() {
    const positions = this.positions;
    this.#forget(positions.slice(0, Math.max(0, positions.length - MOST)), () => {
      this.atStart = false;
    });
  }

  #forget(positions, then) {
    if (positions.length > 0) {
      positions.forEach((position) => this.#entries.delete(position));
      this.#positions = null;
      then();
    }
  }

  #live(entry) {
    this.typing.delete(entry.sender);
    this.head = Math.max(this.head, entry.position);
    this.#recent = [...this.#recent, entry].slice(-MOST);
    if (!this.loaded) {
      return; // Read with the stretch.
    }
    if (entry.position <= this.#whole + 1) {
      this.#take(entry);
      this.#forgetFirst();
    } else {
      this.#noteChange(entry);
      this.#catchingUp ?? this.#catchUp();
    }
    this.changed();
  }

  /** @param {number} asOf the position up to which later entries have changed this one already; its own, if it came live */
  #put(entry, asOf = entry.position) {
    if (!this.#entries.has(entry.position)) {
      this.#positions = null;
      this.#entries.set(entry.position, entry.kind === 'message' ? { asOf, answered: byEmoji(entry.reactions), ...entry, reactions: byEmoji(entry.reactions) } : { ...entry });
      this.#noteChange(entry);
      this.#applyChanges(entry.position);
    }
  }

  /** Remembers an edit, a retraction or a reaction, because its message may be read later, and applies it. */
  #noteChange(entry) {
    if (!CHANGES.has(entry.kind)) {
      return;
    }
    const known = this.#changes.get(entry.target) ?? new Map();
    this.#changes.delete(entry.target);
    this.#changes.set(entry.target, known.set(entry.position, entry));
    if (this.#changes.size > MOST_CHANGED) {
      this.#changes.delete(this.#changes.keys().next().value);
    }
    this.#applyChanges(entry.target);
  }

  /** A message of the history has in it what was changed before it was read. */
  #applyChanges(position) {
    const known = this.#entries.get(position);
    const changes = this.#changes.get(position);
    if (known?.kind !== 'message' || !changes) {
      return;
    }
    const message = { ...known };
    const reactions = byEmoji(message.answered);
    for (const change of [...changes.values()].sort((a, b) => a.position - b.position)) {
      if (change.kind === 'retraction') {
        message.retracted = change.position;
        delete message.text;
      } else if (change.kind === 'reaction' && change.position > message.asOf) {
        const people = reactions.get(change.emoji) ?? new Set();
        change.added ? people.add(change.sender) : people.delete(change.sender);
        people.size === 0 ? reactions.delete(change.emoji) : reactions.set(change.emoji, people);
      } else if (change.kind === 'edit' && !message.retracted && !change.retracted && !(message.edited >= change.position)) {
        Object.assign(message, { text: change.text, edited: change.position, mentions: change.mentions ?? message.mentions, erased: change.erased });
      }
    }
    this.#entries.set(position, { ...message, reactions });
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
    this.#positions ??= [...this.#entries.keys()].sort((a, b) => a - b);
    return this.#positions;
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

/** @param {Map<string, Set<string>> | {emoji: string, users: string[]}[]} [reactions] as they are kept, or as the server answers them */
function byEmoji(reactions = []) {
  const copy = new Map();
  for (const [emoji, users] of reactions instanceof Map ? reactions : reactions.map((reaction) => [reaction.emoji, reaction.users])) {
    copy.set(emoji, new Set(users));
  }
  return copy;
}
