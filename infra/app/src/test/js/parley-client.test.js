// The client library against a running server. ClientLibraryTest starts both: PARLEY_URL is the server behind a proxy, and
// PARLEY_CONTROL cuts the connections of the proxy (/cut) or restarts the server (/restart).

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { MemoryStorage, ParleyClient, Problem } from '../../../../../query-side/web/parley-client/parley-client.js';

const baseUrl = process.env.PARLEY_URL;
const PASSWORD = 'correct horse battery';
let people = 0;
const clients = [];

// Node would not end while a client of a failed test connects again and again.
afterEach(() => clients.splice(0).forEach((client) => client.disconnect()));

function clientOf(options) {
  const client = new ParleyClient({ baseUrl, ...options });
  clients.push(client);
  return client;
}

async function person(options = {}) {
  const client = clientOf(options);
  const username = `library${++people}-${Math.random().toString(36).slice(2, 10)}`;
  await client.signUp({ username, password: PASSWORD, displayName: 'Person' });
  await client.logIn({ username, password: PASSWORD });
  return client;
}

/** Resolves when the condition holds, which is checked with every event of these types. */
function until(client, types, condition, what) {
  return new Promise((resolve, reject) => {
    const offs = [];
    const limit = setTimeout(() => end(() => reject(new Error(`Waited too long until ${what}`))), 90_000);
    const end = (action) => {
      clearTimeout(limit);
      offs.forEach((off) => off());
      action();
    };
    const check = (detail) => condition(detail) && end(() => resolve(detail));
    types.forEach((type) => offs.push(client.on(type, check)));
    check(undefined);
  });
}

const online = (client) => until(client, ['status'], () => client.status === 'online', 'the client is online');

async function connected(options) {
  const client = await person(options);
  client.connect();
  await online(client);
  return client;
}

async function group(owner, ...members) {
  const { id } = await owner.request('POST', '/conversations', {
    body: { kind: 'group', title: 'A group', members: members.map((member) => member.login.user.id) },
  });
  return id;
}

/** The texts of the messages that reach this client, in the order they come. */
function textsAt(client, conversation) {
  const texts = [];
  client.on('entry', (entry) => entry.conversation === conversation && entry.kind === 'message' && texts.push(entry.text));
  return texts;
}

async function control(path) {
  const answer = await fetch(process.env.PARLEY_CONTROL + path, { method: 'POST' });
  assert.equal(answer.status, 204);
}

const numbers = (count) => Array.from({ length: count }, (_, i) => `message ${i}`);

test('messages arrive at everybody, in order, and the items of the outbox get their positions', async () => {
  const [alice, bob] = [await connected(), await connected()];
  const conversation = await group(alice, bob);
  const texts = textsAt(bob, conversation);
  const items = numbers(30).map((text) => alice.send({ conversation, text }));
  await until(bob, ['entry'], () => texts.length === 30, 'Bob has all messages');
  await until(alice, ['outbox'], () => alice.pending().length === 0, 'all are accepted');
  assert.deepEqual(texts, numbers(30));
  assert.deepEqual(items.map((item) => item.position), numbers(30).map((_, i) => i + 2));
  alice.disconnect();
  bob.disconnect();
  assert.equal(alice.status, 'offline');
});

test('a first connection announces that state has to be loaded, a resumed one does not', async () => {
  const alice = await person();
  let resyncs = 0;
  alice.on('resync', () => resyncs++);
  alice.connect();
  await online(alice);
  assert.equal(resyncs, 1);
  alice.disconnect();
  alice.connect();
  await online(alice);
  assert.equal(resyncs, 1);
  alice.disconnect();
});

test('a cursor that the server does not accept leads to a resync', async () => {
  const alice = await person({ cursor: 'nonsense' });
  let resyncs = 0;
  alice.on('resync', () => resyncs++);
  alice.connect();
  await online(alice);
  assert.equal(resyncs, 1);
  assert.notEqual(alice.cursor, 'nonsense');
  alice.disconnect();
});

for (const [what, path, count] of [['cut sockets', '/cut', 5], ['a restart of the server', '/restart', 1]]) {
  test(`no message is lost or doubled by ${what}`, async () => {
    const [alice, bob] = [await connected(), await connected()];
    const conversation = await group(alice, bob);
    const texts = textsAt(bob, conversation);
    const all = numbers(40 * (count + 1));
    let sent = 0;
    const sendSome = () => all.slice(sent, (sent += 40)).forEach((text) => alice.send({ conversation, text }));
    sendSome();
    for (let i = 0; i < count; i++) {
      const some = texts.length + 10;
      await until(bob, ['entry'], () => texts.length >= some, 'some messages have come');
      const cutting = control(path);
      sendSome();
      await cutting;
    }
    await until(bob, ['entry'], () => texts.length >= all.length, 'all messages have come');
    await until(alice, ['outbox'], () => alice.pending().length === 0, 'all are accepted');
    assert.deepEqual(texts, all);
    const query = { limit: 1, minPosition: all.length + 1 };
    const { head } = await alice.request('GET', `/conversations/${conversation}/entries`, { query });
    assert.equal(head, all.length + 1);
    alice.disconnect();
    bob.disconnect();
  });
}

test('what was missed while offline comes after the cursor, also to a new client', async () => {
  const storage = new MemoryStorage();
  const [alice, bob] = [await connected(), await connected({ storage })];
  const started = until(bob, ['entry'], (entry) => entry?.kind === 'started', 'Bob is in the group');
  const conversation = await group(alice, bob);
  await started;
  const { cursor } = bob;
  bob.disconnect();
  numbers(60).forEach((text) => alice.send({ conversation, text }));
  await until(alice, ['outbox'], () => alice.pending().length === 0, 'all are accepted');
  const reloaded = clientOf({ storage, cursor });
  const texts = textsAt(reloaded, conversation);
  reloaded.connect();
  await online(reloaded);
  assert.deepEqual(texts, numbers(60));
  reloaded.disconnect();
  alice.disconnect();
});

test('without a WebSocket that opens, entries are polled and messages posted', async () => {
  class BlockedWebSocket {
    constructor() {
      queueMicrotask(() => this.onclose({ code: 1006 }));
    }

    close() {}
  }
  const [alice, bob, carol] = [await connected({ WebSocket: BlockedWebSocket }), await connected({ WebSocket: null }), await connected()];
  const conversation = await group(alice, bob, carol);
  const [atBob, atCarol] = [textsAt(bob, conversation), textsAt(carol, conversation)];
  numbers(5).forEach((text) => alice.send({ conversation, text }));
  await until(bob, ['entry'], () => atBob.length === 5, 'Bob has all messages');
  await until(carol, ['entry'], () => atCarol.length === 5, 'Carol has all messages');
  assert.deepEqual(atBob, numbers(5));
  [alice, bob, carol].forEach((client) => client.disconnect());
});

test('many requests with an expired token refresh it once', async () => {
  const refreshes = [];
  const storage = new MemoryStorage();
  const alice = await person({
    storage,
    fetch: (url, options) => {
      if (url.endsWith('/refresh')) {
        refreshes.push(url);
      }
      return fetch(url, options);
    },
  });
  const login = JSON.parse(storage.getItem('parley.login'));
  storage.setItem('parley.login', JSON.stringify({ ...login, expiresAt: Date.now() }));
  const answers = await Promise.all(Array.from({ length: 10 }, () => alice.whoAmI()));
  assert.equal(refreshes.length, 1);
  assert.equal(answers[9].user.id, alice.login.user.id);
});

test('unsent messages survive a reload and are sent once', async () => {
  const storage = new MemoryStorage();
  const [alice, bob] = [await person({ storage }), await connected()];
  const conversation = await group(alice, bob);
  const texts = textsAt(bob, conversation);
  numbers(3).forEach((text) => alice.send({ conversation, text }));
  const reloaded = clientOf({ storage });
  assert.deepEqual(reloaded.pending(conversation).map((item) => item.text), numbers(3));
  alice.connect();
  await until(bob, ['entry'], () => texts.length === 3, 'Bob has all messages');
  alice.disconnect();
  reloaded.connect();
  await until(reloaded, ['outbox'], () => reloaded.pending().length === 0, 'all are accepted');
  reloaded.send({ conversation, text: 'the last' });
  await until(bob, ['entry'], () => texts.includes('the last'), 'Bob has the last message');
  assert.deepEqual(texts, [...numbers(3), 'the last']);
  [reloaded, bob].forEach((client) => client.disconnect());
});

test('a refused message fails with its code, and later ones are sent', async () => {
  const alice = await connected();
  const conversation = await group(alice);
  const empty = alice.send({ conversation, text: ' ' });
  const later = alice.send({ conversation, text: 'Hello' });
  await until(alice, ['outbox'], () => later.state === 'sent', 'the later one is accepted');
  assert.equal(empty.state, 'failed');
  assert.equal(empty.problem.code, 'message-empty');
  assert.deepEqual(alice.pending(), [empty]);
  alice.retry(empty);
  assert.equal(empty.state, 'sending');
  await until(alice, ['outbox'], () => empty.state === 'failed', 'it is refused again');
  alice.discard(empty);
  assert.deepEqual(alice.pending(), []);
  alice.disconnect();
});

test('ask answers the ack or throws the problem', async () => {
  const alice = await connected();
  const conversation = await group(alice);
  const ack = await alice.ask({ type: 'message.send', conversation, clientMessageId: 'one', text: 'Hello' });
  assert.equal(ack.position, 2);
  await assert.rejects(alice.ask({ type: 'message.retract', conversation, position: 9 }), (problem) =>
    problem instanceof Problem && problem.code === 'position-not-found');
  await assert.rejects(alice.ask({ type: 'message.send', conversation, clientMessageId: 'two', text: 'x'.repeat(2_000_000) }),
    (problem) => problem.code === 'payload-too-large');
  alice.disconnect();
  await assert.rejects(alice.ask({ type: 'typing', conversation }), (problem) => problem.code === 'connection-lost');
});

test('the same device on a second socket replaces the first, which stays away', async () => {
  const storage = new MemoryStorage();
  const first = await connected({ storage });
  const second = clientOf({ storage });
  second.connect();
  await online(second);
  await until(first, ['status'], () => first.status === 'replaced', 'the first is replaced');
  second.disconnect();
});

test('the end of the login session ends the client', async () => {
  const storage = new MemoryStorage();
  const first = await connected({ storage });
  const second = clientOf({ storage: new MemoryStorage() });
  await second.logIn({ username: first.login.user.username, password: PASSWORD });
  await second.request('DELETE', '/sessions', { query: { except: 'current' } });
  await until(first, ['status'], () => first.status === 'logged-out', 'the first is logged out');
  assert.equal(first.login, null);
  await second.logOut();
  assert.equal(second.status, 'logged-out');
  await assert.rejects(second.request('GET', '/inbox'), (problem) => problem.code === 'unauthenticated');
});
