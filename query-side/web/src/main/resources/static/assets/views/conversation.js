// One conversation: its log, its field, and what is known about it.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { Icon } from '../components/icon.js';
import { ago, day, sameDay, t } from '../i18n/texts.js';
import { useModel } from '../model/observable.js';
import { Avatar, Dialog, ProblemNote, describe, nameOf, useAction } from '../components/common.js';
import { lazy } from '../lazy.js';
import { logKey } from '../model/cache.js';
import { ConversationLog } from '../model/log.js';
import { repeatUntilDone } from '../model/repeat.js';
import { Message, Note, isDrawn } from './message.js';
import { Composer } from './composer.js';
import { Details } from './details.js';

const Proof = lazy(() => import('./proof.js'), 'Proof');

const NEAR_PX = 400;
const SETTLE_MS = 250;

/** As often as the conversation is asked for until it has what came live. */
const MOST_TRIES = 40;

/** What says that there is no such conversation for this user. */
const ABSENT = ['conversation-not-found', 'not-a-member', 'invalid-id'];

const GROUP_WITHIN_MS = 5 * 60_000;

export function ConversationView({ app, id, position }) {
  const { client, inbox, people } = app;
  const me = client.login.user.id;
  const log = useMemo(() => new ConversationLog(client, id), [id]);
  useModel(log);
  useModel(inbox);
  useModel(people);
  useModel(app.unsent);
  const [about, setAbout] = useState(null);
  const [pins, setPins] = useState(new Set());
  const [editing, setEditing] = useState(null);
  const [replying, setReplying] = useState(null);
  const [details, setDetails] = useState(false);
  const [retracting, setRetracting] = useState(null);
  const [proving, setProving] = useState(null);
  const { run, problem, clear } = useAction();
  const scroller = useRef(null);
  const anchor = useRef(null);
  const follow = useRef(true);
  const target = useRef(null);
  const extending = useRef(false);
  /** Sent messages whose entries did not come yet, which is a moment after the server's answer. */
  const acknowledged = useRef([]);

  const path = `/conversations/${encodeURIComponent(id)}`;
  const key = logKey(id);
  const open = () => run(async () => {
    const shown = app.cache.take(key) ?? (await app.cache.get(key));
    if (shown && !position) {
      follow.current = shown.atEnd;
      anchor.current = shown.anchor;
      log.restore(shown);
    }
    const held = shown && !shown.atEnd && Number(shown.anchor?.position);
    await repeatUntilDone(() => log.refresh(position ?? (held || null)), () => log.closed);
  });
  const keep = () => log.loaded && app.cache?.putLog(key, { ...log.snapshot(), atEnd: follow.current, anchor: anchor.current },
    (sender) => people.get(sender)?.erased);

  /** @param {number} position of the entry that changed something: the read side is behind the socket */
  /** @param {number} position of the entry that changed something: the read side is behind the socket */
  const readAbout = async (position) => {
    let conversation = await client.request('GET', path);
    for (let tries = 0; conversation.head < position && tries < MOST_TRIES; tries++) {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      conversation = await client.request('GET', path);
    }
    setAbout(conversation);
    if (isOutside(conversation)) {
      return;
    }
    const pinned = await client.request('GET', `${path}/pins`);
    setPins(new Set(pinned.pins.map((pin) => pin.position)));
    const others = conversation.members.map((member) => member.user).filter((user) => user !== me);
    people.watch(conversation.kind === 'direct' ? others : others.slice(0, 50));
  };
  const loadAbout = (position = 0) => run(() => repeatUntilDone(() => readAbout(position), () => log.closed));

  useLayoutEffect(() => {
    setAbout(null);
    setEditing(null);
    setReplying(null);
    setDetails(false);
    clear();
    follow.current = !position;
    target.current = position ?? null;
    open();
    loadAbout();
    const end = client.on('entry', (entry) => {
      if (entry.conversation === id && ['joined', 'left', 'renamed', 'role', 'joinability', 'pinned', 'unpinned'].includes(entry.kind)) {
        loadAbout(entry.position);
      }
    });
    const endOutbox = client.on('outbox', (item) => {
      if (item.conversation === id && item.state === 'sent') {
        acknowledged.current.push(item);
      }
    });
    const readAgain = client.on('caught-up', () => {
      // Read marks that were sent into a lost connection.
      readUpTo.current = 0;
      clear();
      log.changed();
    });
    let timer;
    const forgetKept = log.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(keep, 500);
    });
    return () => {
      clearTimeout(timer);
      keep();
      forgetKept();
      readAgain();
      endOutbox();
      end();
      log.close();
    };
  }, [id]);

  useEffect(() => {
    window.addEventListener('pagehide', keep);
    return () => window.removeEventListener('pagehide', keep);
  }, [id]);

  useEffect(() => {
    if (position && log.loaded) {
      jump(position);
    }
  }, [position]);

  const jump = (to) => run(async () => {
    follow.current = false;
    target.current = to;
    anchor.current = null;
    await log.around(to);
    log.changed();
  });

  /** Remembers which entry is where, so that what is added above does not move it. */
  const hold = () => {
    const top = scroller.current.getBoundingClientRect().top;
    const first = [...scroller.current.querySelectorAll('[data-position]')].find((element) => element.getBoundingClientRect().bottom > top);
    anchor.current = first ? { position: first.dataset.position, offset: first.getBoundingClientRect().top - top } : null;
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !log.loaded) {
      return;
    }
    if (target.current !== null) {
      const wanted = element.querySelector(`[data-position="${Number(target.current)}"]`);
      if (wanted) {
        wanted.scrollIntoView({ block: 'center' });
        wanted.classList.add('found');
        setTimeout(() => wanted.classList.remove('found'), 2500);
        target.current = null;
        hold();
      }
      return;
    }
    if (follow.current && log.atHead) {
      element.scrollTop = element.scrollHeight;
    } else if (anchor.current) {
      const held = element.querySelector(`[data-position="${anchor.current.position}"]`);
      if (held) {
        element.scrollTop += held.getBoundingClientRect().top - element.getBoundingClientRect().top - anchor.current.offset;
      }
    }
  });

  const scrolled = () => {
    const element = scroller.current;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    follow.current = log.atHead && below < 60;
    hold();
    if (element.scrollTop < NEAR_PX && !log.atStart) {
      extend(() => log.earlier());
    } else if (below < NEAR_PX && !log.atHead) {
      extend(() => log.later());
    }
    markRead();
  };

  /** Scrolling asks many times before the answer to the first is there. */
  const extend = async (more) => {
    if (!extending.current) {
      extending.current = true;
      await run(more);
      extending.current = false;
    }
  };

  const conversation = inbox.get(id);
  const readUpTo = useRef(0);
  const markRead = () => {
    const seen = log.atHead && follow.current && document.visibilityState === 'visible' && document.hasFocus();
    if (seen && log.last > Math.max(readUpTo.current, conversation?.readPosition ?? 0)) {
      readUpTo.current = log.last;
      client.tell({ type: 'read', conversation: id, position: log.last });
    }
  };
  useEffect(() => {
    readUpTo.current = 0;
  }, [id]);
  useEffect(() => {
    markRead();
    window.addEventListener('focus', markRead);
    document.addEventListener('visibilitychange', markRead);
    return () => {
      window.removeEventListener('focus', markRead);
      document.removeEventListener('visibilitychange', markRead);
    };
  });

  const command = (frame) => run(() => client.ask({ conversation: id, ...frame }));
  const members = about?.members.map((member) => member.user) ?? [];
  const role = about?.members.find((member) => member.user === me)?.role;
  const outside = about !== null && isOutside(about);
  const absent = about === null && ABSENT.includes(problem?.code);
  const isMember = (about === null ? !absent : role !== undefined) && !app.readsOnly;
  const isAdmin = about?.kind === 'group' && (role === 'admin' || role === 'owner');
  const mayPin = isMember && (about?.kind === 'direct' || isAdmin);
  // The same ones as long as the same is allowed: other ones would draw every message again.
  const actions = useMemo(() => ({
    jump,
    reply: isMember ? setReplying : undefined,
    react: isMember ? (entry, emoji, add) => command({ type: add ? 'reaction.add' : 'reaction.remove', position: entry.position, emoji }) : undefined,
    edit: isMember ? setEditing : undefined,
    retract: isMember ? setRetracting : undefined,
    moderate: isAdmin,
    pin: mayPin ? (entry, pinned) => command({ type: pinned ? 'message.unpin' : 'message.pin', position: entry.position }) : undefined,
    link: (entry) => navigator.clipboard?.writeText(`${location.origin}/c/${id}/${entry.position}`).then(() => app.say(t('message.linked'))),
    prove: (entry) => setProving(entry.position),
    retry: (entry) => client.retry(entry.item),
    discard: (entry) => client.discard(entry.item),
  }), [isMember, isAdmin, mayPin]);

  const send = (text, mentions) => {
    if (editing) {
      command({ type: 'message.edit', position: editing.position, text, mentions });
      setEditing(null);
      return;
    }
    follow.current = true;
    client.send({ conversation: id, text, mentions, ...(replying && { replyTo: replying.position }) });
    setReplying(null);
    if (!log.atHead) {
      run(() => log.toEnd());
    }
  };

  const join = () => run(async () => {
    await client.request('PUT', `${path}/members/me`);
    await Promise.all([loadAbout(), log.toEnd(), inbox.load()]);
  });

  const editLast = () => {
    const last = log.entries.filter((entry) => entry.kind === 'message' && entry.sender === me && !entry.retracted && entry.text).at(-1);
    if (last) {
      setEditing(last);
    }
  };

  const entries = log.entries;
  const known = new Set(entries.filter((entry) => entry.kind === 'message').map((entry) => entry.clientMessageId));
  acknowledged.current = acknowledged.current.filter((item) => item.position > log.last);
  const pending = log.atHead ? [...acknowledged.current, ...client.pending(id)].filter((item) => !known.has(item.clientMessageId)) : [];
  const readByOther = about?.kind === 'direct' ? lastRead(log, me) : null;
  const rows = [];
  let previous = null;
  for (const entry of entries.filter(isDrawn)) {
    if (!previous || !sameDay(previous.at, entry.at)) {
      rows.push(html`<li class="day" key=${`day-${entry.at.slice(0, 10)}-${entry.position}`}><h3>${day(entry.at)}</h3></li>`);
      previous = null;
    }
    const grouped = previous?.kind === 'message' && entry.kind === 'message' && previous.sender === entry.sender && !entry.replyTo
      && new Date(entry.at).getTime() - new Date(previous.at).getTime() < GROUP_WITHIN_MS;
    rows.push(html`<li key=${entry.kind === 'message' ? keyOf(entry) : entry.position} data-position=${entry.position}>${entry.kind === 'message'
      ? html`<${Message} entry=${entry} quoted=${entry.replyTo && log.get(entry.replyTo)} people=${people} me=${me} grouped=${grouped} actions=${actions}
          names=${people.version} pinned=${pins.has(entry.position)} read=${entry.position === readByOther} />`
      : html`<${Note} entry=${entry} people=${people} />`}</li>`);
    previous = entry;
  }
  for (const item of pending) {
    rows.push(html`<li key=${keyOf({ sender: me, ...item })}><${Message} entry=${{ kind: 'message', sender: me, at: new Date().toISOString(), text: item.text, state: item.state, item, mentions: item.mentions }}
      failed=${item.problem && describe(item.problem)} people=${people} names=${people.version} me=${me} grouped=${false} actions=${actions} /></li>`);
  }

  return html`<div class="room">
    <header class="room-head">
      <button type="button" class="icon back" aria-label=${t('back')} onClick=${() => app.go('/')}><${Icon} name="back" /></button>
      <${Title} app=${app} about=${about} conversation=${conversation} />
      ${!absent && !outside && html`<button type="button" class="icon" aria-label=${t('room.details')} aria-expanded=${details} onClick=${() => setDetails(!details)}><${Icon} name="details" /></button>`}
    </header>
    <${ProblemNote} problem=${outside ? null : problem} />
    <div class="scroll" ref=${scroller} onScroll=${scrolled} tabindex="0" role="region" aria-label=${t('room.messages')}>
      ${log.atStart && html`<p class="begin">${t('room.begin')}</p>`}
      <div role="log" aria-live=${log.atHead ? 'polite' : 'off'} aria-label=${t('room.messages')}><ol>${rows}</ol></div>
    </div>
    ${!(log.atHead && follow.current) && log.loaded && !log.atHead && html`<button type="button" class="to-end" onClick=${() => {
      follow.current = true;
      target.current = null;
      run(() => log.toEnd());
    }}><${Icon} name="down" /> ${t('room.to-end')}</button>`}
    <p class="typing" role="status">${typing(log, people)}</p>
    ${isMember
      ? html`<${Composer} conversation=${id} members=${members} people=${people} editing=${editing} replying=${replying} onSend=${send}
          onTyping=${() => client.tell({ type: 'typing', conversation: id })} onEditLast=${editLast} onStop=${() => {
            setEditing(null);
            setReplying(null);
          }} />`
      : !absent && html`<div class="row pad"><p class="hint grow">${t(app.readsOnly ? 'room.reads-only' : outside ? 'room.outside' : 'room.left')}</p>
          ${about?.joinable && !app.readsOnly && html`<button type="button" onClick=${join}>${t('room.join')}</button>`}</div>`}
    ${details && about && html`<${Details} app=${app} about=${about} pins=${pins} onClose=${() => setDetails(false)} onChanged=${loadAbout} onJump=${(to) => {
      setDetails(false);
      jump(to);
    }} />`}
    ${proving && html`<${Proof} app=${app} path=${`${path}/entries/${proving}/proof`} onClose=${() => setProving(null)} />`}
    ${retracting && html`<${Dialog} title=${t('message.delete')} onClose=${() => setRetracting(null)}>
      <p>${t('message.delete-sure')}</p>
      <footer><button type="button" class="quiet" onClick=${() => setRetracting(null)}>${t('cancel')}</button>
        <button type="button" class="danger" onClick=${() => {
          command({ type: 'message.retract', position: retracting.position });
          setRetracting(null);
        }}>${t('message.delete')}</button></footer></${Dialog}>`}
  </div>`;
}

/** Of a group that is open to everybody, by somebody who never was in it. */
const isOutside = (conversation) => conversation.head === 0;

/** The same before and after a message is sent, so that what somebody unfolded or opened of it stays. */
const keyOf = ({ sender, clientMessageId }) => `${sender} ${clientMessageId}`;

function typing(log, people) {
  const users = [...log.typing.keys()];
  if (users.length === 0) {
    return '';
  }
  return users.length === 1 ? t('room.typing', { name: nameOf(people.get(users[0])) }) : t('room.typing-many', { n: users.length });
}

/** The newest of the own messages that the other person of a direct conversation has read. */
function lastRead(log, me) {
  const read = Math.max(0, ...[...log.reads].filter(([user]) => user !== me).map(([, at]) => at));
  return log.entries.filter((entry) => entry.kind === 'message' && entry.sender === me && entry.position <= read).at(-1)?.position;
}

/** How a conversation is called, in the list and above its log. */
export function titleOf(app, conversation) {
  const me = app.client.login.user.id;
  if (conversation.kind === 'group') {
    return conversation.title ?? t('room.group');
  }
  const other = conversation.with ?? conversation.members?.map((member) => member.user).find((user) => user !== me) ?? me;
  return other === me ? t('room.notes') : nameOf(app.people.get(other));
}

function Title({ app, about, conversation }) {
  const shown = about ?? conversation;
  if (!shown) {
    return html`<h2 class="grow" tabindex="-1">…</h2>`;
  }
  const me = app.client.login.user.id;
  const other = shown.kind === 'direct' ? (shown.with ?? shown.members?.map((member) => member.user).find((user) => user !== me)) : null;
  const presence = other && app.people.presence(other);
  const hint = shown.kind === 'group'
    ? (about ? t('room.members', { n: about.members.length }) : '')
    : presence && (presence.status === 'offline' ? (presence.lastActiveAt ? t('room.seen', { when: ago(presence.lastActiveAt) }) : '') : t(`room.${presence.status}`));
  return html`<${Avatar} people=${app.people} user=${other} title=${shown.kind === 'group' ? titleOf(app, shown) : undefined} presence=${true} />
    <div class="grow"><h2 tabindex="-1">${titleOf(app, shown)}</h2><p class="hint">${hint}</p></div>`;
}
