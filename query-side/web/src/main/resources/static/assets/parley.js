// The page: its views and its controls.

import { currentLogin, forgetLogin, logIn, logOut, request, signUp } from './api.js';
import { Connection } from './connection.js';
import { Outbox } from './outbox.js';
import { fillName, findByUsername, nameOf } from './people.js';
import { Room } from './room.js';

const $ = (id) => document.getElementById(id);

/** Number of attempts to find a new conversation in the inbox, which may lag by a moment. */
const INBOX_TRIES = 8;
const INBOX_RETRY_MS = 250;

const STATUS = {
  connecting: 'Connecting…',
  offline: 'Connection lost; trying again…',
  replaced: 'This session was opened in another tab.',
};

let connection = null;
let outbox = null;
let room = null;
let conversations = new Map();
let next = null;
let signingUp = false;

// Errors

function showProblem(problem) {
  $('problem-text').textContent = problem.message;
  $('problem').hidden = false;
}

function hideProblem() {
  $('problem').hidden = true;
}

/** Wraps the action of a control: shows its refusal, and disables the control meanwhile. */
function doing(action) {
  return async (event) => {
    event?.preventDefault();
    hideProblem();
    const button = event?.submitter ?? (event?.currentTarget instanceof HTMLButtonElement ? event.currentTarget : null);
    if (button) {
      button.disabled = true;
    }
    try {
      await action(event);
    } catch (problem) {
      showProblem(problem);
    } finally {
      if (button) {
        button.disabled = false;
      }
    }
  };
}

// Login form and main view

function showDoor() {
  connection?.stop();
  connection = null;
  room = null;
  conversations = new Map();
  $('door').hidden = false;
  $('house').hidden = true;
  $('me').hidden = true;
  $('connection').hidden = true;
  $('password').value = '';
  $('username').focus();
}

function showHouse() {
  const { user } = currentLogin();
  $('door').hidden = true;
  $('house').hidden = false;
  $('house').classList.remove('in-room');
  $('me').hidden = false;
  $('my-name').textContent = user.displayName ?? user.username;
  $('room-title').textContent = 'Choose a conversation';
  $('room-members').textContent = '';
  $('entries').replaceChildren();
  $('send-form').hidden = true;
  $('earlier').hidden = true;
  drawConversations();
  connection = new Connection({ onFrame: reacting(onFrame), onStatus });
  outbox = new Outbox(connection, (item) => {
    if (room?.id === item.conversation) {
      room.showPending(item);
    }
  });
  connection.start();
  loadInbox().catch(showProblem);
}

/** Like doing, for actions that a frame of the server starts. */
function reacting(action) {
  return (frame) => Promise.resolve(action(frame)).catch(showProblem);
}

function onStatus(status) {
  $('connection').hidden = !STATUS[status];
  $('connection').textContent = STATUS[status] ?? '';
  if (status === 'logged-out') {
    forgetLogin();
    showDoor();
    showProblem(new Error('You were logged out.'));
  } else if (status === 'replaced') {
    // A duplicated tab copies the storage of the other one. It may log in as a device of its own.
    forgetLogin({ andDevice: true });
    showDoor();
    showProblem(new Error('This session was opened in another tab. Log in here to use this one too.'));
  } else if (status === 'online') {
    outbox.flush();
  }
}

// Frames of the server

let fresh = true;

async function onFrame(frame) {
  switch (frame.type) {
    case 'welcome':
      return undefined;
    case 'entry':
      return onEntry(frame);
    case 'caught-up':
      if (fresh) {
        fresh = false;
        return loadInbox();
      }
      return undefined;
    case 'state':
      return onState(frame);
    case 'read':
      return frame.user === currentLogin()?.user.id ? onRead(frame) : undefined;
    case 'error':
      return frame.ref === undefined ? showProblem(new Error(frame.title)) : undefined;
    default:
      return undefined;
  }
}

async function onState(frame) {
  await loadInbox();
  if (frame.resync && room) {
    await open(room.id);
  }
}

async function onEntry(entry) {
  const me = currentLogin().user.id;
  const known = conversations.get(entry.conversation) ?? (await findInInbox(entry.conversation));
  if (known && entry.position > known.head) {
    known.head = entry.position;
    if (entry.kind === 'message') {
      known.last = entry;
      known.unread = entry.sender === me ? 0 : known.unread + 1;
      putFirst(known);
    } else if (entry.kind === 'renamed') {
      known.title = entry.title;
    } else if (entry.kind === 'edit' && entry.target === known.last?.position) {
      known.last = { ...known.last, text: entry.text, edited: entry.position };
    } else if (entry.kind === 'retraction') {
      if (entry.target === known.last?.position) {
        known.last = { ...known.last, text: undefined, retracted: entry.position };
      }
      if (known.unread > 0) {
        await loadInbox();
      }
    }
    drawConversations();
  }
  if (room?.id === entry.conversation) {
    const shown = room;
    await shown.add(entry);
    if (room === shown) {
      if (known && ['joined', 'left', 'role', 'renamed'].includes(entry.kind)) {
        await drawRoomHead(known);
      }
      markRead();
    }
  }
}

function onRead({ conversation, position }) {
  const known = conversations.get(conversation);
  if (known && position >= known.head) {
    known.unread = 0;
    drawConversations();
    return undefined;
  }
  return known ? loadInbox() : undefined;
}

/** Moves the read mark of the user, only while the page is visible. */
function markRead() {
  const known = room && conversations.get(room.id);
  if (!known || document.visibilityState !== 'visible' || room.last === 0) {
    return;
  }
  if (known.unread > 0 || known.readPosition < room.last) {
    known.unread = 0;
    known.readPosition = room.last;
    connection.tell({ type: 'read', conversation: room.id, position: room.last });
    drawConversations();
  }
}

// Conversations

async function loadInbox() {
  const page = await request('GET', '/inbox?limit=50');
  const newest = new Map(page.conversations.map((c) => [c.id, c]));
  for (const [id, known] of conversations) {
    if (!newest.has(id)) {
      newest.set(id, known);
    } else if (known.head > newest.get(id).head) {
      // A live entry can be ahead of the inbox.
      Object.assign(newest.get(id), { head: known.head, last: known.last, unread: known.unread });
    }
  }
  conversations = newest;
  next = page.next ?? null;
  drawConversations();
}

const looking = new Map();

/** Looks for a conversation once, however many of its entries arrive. */
function findInInbox(id) {
  if (!looking.has(id)) {
    looking.set(id, lookInInbox(id).finally(() => looking.delete(id)));
  }
  return looking.get(id);
}

async function lookInInbox(id) {
  for (let attempt = 1; attempt <= INBOX_TRIES && !conversations.has(id); attempt++) {
    await loadInbox();
    if (!conversations.has(id)) {
      await new Promise((resolve) => setTimeout(resolve, INBOX_RETRY_MS * attempt));
    }
  }
  return conversations.get(id);
}

/** The map has the order of the inbox. Only a message moves a conversation up. */
function putFirst(conversation) {
  conversations.delete(conversation.id);
  conversations = new Map([[conversation.id, conversation], ...conversations]);
}

function pinnedFirst(a, b) {
  return Number(b.pinned ?? false) - Number(a.pinned ?? false);
}

function drawConversations() {
  const items = [...conversations.values()].sort(pinnedFirst).map(drawConversation);
  const focused = document.activeElement?.dataset?.conversation;
  $('conversations').replaceChildren(...items);
  if (focused) {
    $('conversations').querySelector(`[data-conversation="${CSS.escape(focused)}"]`)?.focus();
  }
  $('no-conversations').hidden = items.length > 0;
  $('more-conversations').hidden = !next;
  const unread = [...conversations.values()].reduce((sum, c) => sum + (c.unread ?? 0), 0);
  document.title = unread > 0 ? `(${unread}) Parley` : 'Parley';
}

function drawConversation(conversation) {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'conversation';
  button.dataset.conversation = conversation.id;
  if (room?.id === conversation.id) {
    button.setAttribute('aria-current', 'true');
  }
  const name = fillTitle(document.createElement('span'), conversation);
  name.className = 'name';
  button.append(name);
  if (conversation.unread > 0) {
    const badge = document.createElement('span');
    badge.className = 'badge';
    badge.textContent = conversation.unread;
    badge.setAttribute('aria-label', `${conversation.unread} unread`);
    button.append(badge);
  }
  const last = document.createElement('span');
  last.className = 'last';
  last.textContent = preview(conversation.last);
  button.append(last);
  button.addEventListener('click', doing(() => open(conversation.id)));
  item.append(button);
  return item;
}

function preview(entry) {
  return entry?.text ?? '';
}

function fillTitle(element, { title, kind, with: other, members }) {
  const me = currentLogin().user.id;
  if (kind === 'direct') {
    return fillName(element, other ?? members?.map((m) => m.user).find((user) => user !== me) ?? me);
  }
  element.textContent = title ?? 'Group';
  return element;
}

async function drawRoomHead(conversation) {
  const shown = room;
  fillTitle($('room-title'), conversation);
  $('room-members').textContent = '';
  if (conversation.kind === 'group') {
    const { members } = await request('GET', `/conversations/${encodeURIComponent(conversation.id)}`);
    const names = await Promise.all(members.slice(0, 20).map((m) => nameOf(m.user)));
    if (room === shown) {
      $('room-members').textContent = names.join(', ') + (members.length > names.length ? ` and ${members.length - names.length} more` : '');
    }
  }
}

async function open(id, minPosition) {
  const known = conversations.get(id);
  room = new Room(id, currentLogin().user.id, { list: $('entries'), scroll: $('scroll'), earlier: $('earlier') });
  const opened = room;
  $('house').classList.add('in-room');
  $('send-form').hidden = false;
  $('room-title').focus();
  drawConversations();
  await Promise.all([drawRoomHead(known), opened.load(minPosition)]);
  if (room === opened) {
    outbox.pendingOf(id).forEach((item) => opened.showPending(item));
    markRead();
    $('text').focus();
  }
}

async function start(body) {
  const started = await request('POST', '/conversations', body);
  if (!conversations.has(started.id)) {
    putFirst({ ...started, unread: 0, mentions: 0, readPosition: started.head });
  }
  await open(started.id, started.head);
}

// Controls

function switchDoor() {
  signingUp = !signingUp;
  $('door-title').textContent = $('door-submit').textContent = signingUp ? 'Sign up' : 'Log in';
  $('door-switch').textContent = signingUp ? 'Have an account? Log in' : 'New here? Sign up';
  $('display-name-row').hidden = !signingUp;
  $('password').autocomplete = signingUp ? 'new-password' : 'current-password';
  hideProblem();
}

$('door-switch').addEventListener('click', switchDoor);

$('door-form').addEventListener('submit', doing(async () => {
  const username = $('username').value.trim();
  const password = $('password').value;
  if (signingUp) {
    await signUp(username, password, $('display-name').value.trim() || username);
    switchDoor();
  }
  await logIn(username, password);
  fresh = true;
  showHouse();
}));

$('log-out').addEventListener('click', doing(async () => {
  connection.stop();
  try {
    await logOut();
  } finally {
    showDoor();
  }
}));

$('direct-form').addEventListener('submit', doing(async () => {
  const other = await findByUsername($('direct-with').value);
  await start({ kind: 'direct', with: other });
  $('direct-with').value = '';
}));

$('group-form').addEventListener('submit', doing(async () => {
  const usernames = $('group-members').value.split(',').map((name) => name.trim()).filter(Boolean);
  const members = await Promise.all(usernames.map(findByUsername));
  await start({ kind: 'group', title: $('group-title').value.trim(), members, joinable: false });
  $('group-form').reset();
  $('group-details').open = false;
}));

$('send-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('text').value;
  if (room && text.trim()) {
    outbox.send(room.id, text);
    $('text').value = '';
  }
});

$('text').addEventListener('keydown', (event) => {
  // While an input method composes a syllable, it handles Enter.
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $('send-form').requestSubmit();
  }
});

$('earlier').addEventListener('click', doing(() => room.loadEarlier()));
$('more-conversations').addEventListener('click', doing(async () => {
  const page = await request('GET', `/inbox?limit=50&next=${encodeURIComponent(next)}`);
  page.conversations.forEach((c) => conversations.set(c.id, conversations.get(c.id) ?? c));
  next = page.next ?? null;
  drawConversations();
}));

$('back').addEventListener('click', () => {
  $('house').classList.remove('in-room');
  room = null;
  drawConversations();
});
$('problem-close').addEventListener('click', hideProblem);
document.addEventListener('visibilitychange', markRead);

if (currentLogin()) {
  showHouse();
} else {
  showDoor();
}
