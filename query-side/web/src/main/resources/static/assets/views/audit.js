// What auditors work in: conversations as they stood, stored events, who accessed what.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { full, momentOf, t } from '../i18n/texts.js';
import { useModel } from '../model/observable.js';
import { download } from '../components/download.js';
import { Reason } from '../components/reason.js';
import { ConversationField, PersonField } from '../components/subjects.js';
import { ProblemNote, nameOf, useAction } from '../components/common.js';
import { Erasures, Holds, Rebuilds, Retention } from './decisions.js';
import { isDrawn } from './message.js';
import { PastEntry } from './past.js';
import { Exports } from './exports.js';
import { Proof } from './proof.js';
import { Replay } from './replay.js';

const PARTS = ['conversation', 'replay', 'events', 'exports', 'review', 'holds', 'erasures', 'retention', 'rebuilds'];

/** @param {{app: any, part?: string, conversation?: string, position?: number | null}} props */
export function AuditView({ app, part, conversation, position }) {
  const shown = PARTS.includes(part) ? part : PARTS[0];
  const View = { conversation: PastConversation, replay: Replay, events: Events, exports: Exports, review: Review, holds: Holds, erasures: Erasures, retention: Retention, rebuilds: Rebuilds }[shown];
  const tabs = useRef(null);
  useEffect(() => tabs.current?.querySelector('[aria-current]').scrollIntoView({ block: 'nearest', inline: 'nearest' }), [shown]);
  return html`<div class="room desk">
    <header class="room-head"><h2 id="audit-title" tabindex="-1">${t('audit.title')}</h2>
      <nav class="tabs" aria-label=${t('audit.title')} ref=${tabs}>${PARTS.map((each) => html`<a key=${each} href=${`/audit/${each}`} aria-current=${each === shown ? 'page' : undefined}
        onClick=${(event) => app.follow(event, `/audit/${each}`)}>${t(`audit.${each}`)}</a>`)}</nav></header>
    <div class="scroll pad" tabindex="0" role="region" aria-label=${t(`audit.${shown}`)}>
      <p class="recorded">${t('audit.recorded')}</p>
      <div class="card wide"><${Reason} value=${app.reason} onChange=${(reason) => app.setReason(reason)} /></div>
      <${View} app=${app} conversation=${conversation} position=${position} />
    </div></div>`;
}

function PastConversation({ app, conversation = '', position = null }) {
  const { client, people } = app;
  useModel(people);
  const [id, setId] = useState(conversation);
  const [head, setHead] = useState(null);
  const [at, setAt] = useState(null);
  const [past, setPast] = useState(null);
  const [access, setAccess] = useState(null);
  const [proving, setProving] = useState(null);
  const { run, busy, problem } = useAction();
  const pathOf = (of) => `/audit/conversations/${encodeURIComponent(of)}`;

  const read = (of, query) => client.request('GET', pathOf(of), { query: { ...query, reason: app.reason } });
  const show = (answer) => {
    setPast(answer);
    setAt(answer.position);
    setAccess(null);
  };
  const open = (of, wanted) => run(async () => {
    const newest = await read(of, { limit: 100 });
    setHead(newest.position);
    show(wanted && wanted < newest.position ? await read(of, { at: wanted, limit: 100 }) : newest);
    app.go(`/audit/conversation/${encodeURIComponent(of)}${wanted ? `/${wanted}` : ''}`, { replace: true });
  });
  const moveTo = (wanted) => run(async () => show(await read(past.id, { at: wanted, limit: 100 })));
  useEffect(() => {
    // A link leads here. Without a reason, which is asked for above, nothing is shown.
    if (conversation && app.reason.trim() && past?.id !== conversation) {
      setId(conversation);
      open(conversation, position);
    }
  }, [conversation]);
  const who = (of) => run(async () => setAccess({ position: of, ...(await client.request('GET', `${pathOf(past.id)}/entries/${of}/access`, { query: { reason: app.reason } })) }));
  const prove = (of) => run(async () => {
    const query = { conversation: past.id, fromPosition: of, toPosition: of, reason: app.reason };
    const [line] = (await client.request('GET', '/audit/events', { query, as: 'text' })).split('\n');
    setProving(JSON.parse(line).globalindex);
  });
  const reactions = new Map();
  (past?.reactions ?? []).forEach(({ target, emoji, users }) => reactions.set(target, [...(reactions.get(target) ?? []), `${emoji} ${users.length}`]));

  return html`<form class="card wide" onSubmit=${(event) => {
    event.preventDefault();
    open(id.trim(), id.trim() === conversation ? position : null);
  }}>
    <${ConversationField} app=${app} value=${id} onChange=${setId} required />
    <p><button type="submit" disabled=${busy}>${t('audit.show')}</button></p></form>
    <${ProblemNote} problem=${problem} />
    ${past && html`<div class="card wide">
      <h3>${past.title ?? past.members.map((member) => nameOf(people.get(member.user))).join(', ')}</h3>
      <label>${t('audit.slider', { position: at, head, when: full(past.at) })}
        <input type="range" min="1" max=${head} value=${at} onInput=${(event) => setAt(Number(event.target.value))} onChange=${(event) => moveTo(Number(event.target.value))} /></label>
      <p>${t('room.members', { n: past.members.length })} · ${past.members.map((member) => `${nameOf(people.get(member.user))} (${t(`role.${member.role}`)})`).join(', ')}</p>
      <ol class="past">${past.entries.filter(isDrawn).map((entry) => html`<li key=${entry.position}><${PastEntry} entry=${entry} people=${people} reactions=${(reactions.get(entry.position) ?? []).join('  ')}>
        <button type="button" class="link" onClick=${() => who(entry.position)}>${t('audit.who')}</button>
        <button type="button" class="link" onClick=${() => prove(entry.position)}>${t('message.prove')}</button></${PastEntry}></li>`)}</ol></div>`}
    ${access && html`<${Access} people=${people} access=${access} />`}
    ${proving && html`<${Proof} app=${app} path=${`/audit/events/${proving}/proof`} query=${{ reason: app.reason }} onClose=${() => setProving(null)} />`}`;
}

/** The versions of a message, who could read them, and which audit accesses cover it. */
function Access({ people, access }) {
  const shown = useRef(null);
  useEffect(() => shown.current?.scrollIntoView({ block: 'nearest' }), [access]);
  return html`<div class="card wide" role="region" aria-label=${t('audit.who')} ref=${shown}><h3>${t('audit.who-title', { position: access.position })}</h3>
    <h4>${t('audit.versions')}</h4><ol>${access.versions.map((version) => html`<li key=${version.position}><p class="hint">${full(version.at)} · ${t(`audit.version-${version.kind}`)}</p>${version.text && html`<div class="text" dir="auto"><p>${version.text}</p></div>`}</li>`)}</ol>
    <div class="table"><table><thead><tr><th scope="col">${t('audit.person')}</th><th scope="col">${t('audit.could-since')}</th><th scope="col">${t('audit.read-at')}</th></tr></thead>
      <tbody>${access.readers.map((reader) => html`<tr key=${reader.user}><td>${nameOf(people.get(reader.user))}</td><td>${reader.readings[0] && full(reader.readings[0].at)}</td><td>${reader.read ? full(reader.read) : '–'}</td></tr>`)}</tbody></table></div>
    ${access.accesses.length > 0 && html`<h4>${t('audit.accesses')}</h4><${Accesses} people=${people} accesses=${access.accesses} />`}</div>`;
}

/** Audit accesses, searches and changes of roles. */
function Accesses({ people, accesses }) {
  return html`<div class="table"><table><thead><tr><th scope="col">${t('audit.time')}</th><th scope="col">${t('audit.person')}</th><th scope="col">${t('audit.action')}</th><th scope="col">${t('audit.what')}</th><th scope="col">${t('reason.short')}</th></tr></thead>
    <tbody>${[...accesses].reverse().slice(0, 500).map((access) => html`<tr key=${access.index}><td>${full(access.at)}</td><td>${access.by === 'system' ? t('audit.system') : nameOf(people.get(access.by))}</td><td>${access.action}</td>
      <td class="long">${access.query ?? legible(access.request) ?? access.role ?? ''}</td><td>${access.reason ?? ''}</td></tr>`)}</tbody></table></div>`;
}

/** A request with its parameters as they were before their encoding. The reason has a column of its own. */
function legible(request) {
  if (!request?.startsWith('/')) {
    return request;
  }
  const [path, query] = request.split('?');
  return [path, ...[...new URLSearchParams(query)].filter(([name]) => name !== 'reason').map(([name, value]) => `${name}=${value}`)].join(' ');
}

function Events({ app }) {
  const { client, people } = app;
  useModel(people);
  const [events, setEvents] = useState([]);
  const [conversation, setConversation] = useState('');
  const [person, setPerson] = useState(null);
  const [proving, setProving] = useState(null);
  const { run, busy, problem } = useAction();
  const MOST = 200;
  const filters = ({ type, from, to }) => ({ type: type.value.trim() || undefined, from: momentOf(from.value), to: momentOf(to.value) });
  return html`<form class="card wide" onSubmit=${(event) => {
    event.preventDefault();
    const query = { ...filters(event.target.elements), conversation: conversation.trim() || undefined, user: person?.id, reason: app.reason };
    const exporting = event.submitter?.name === 'export';
    run(async () => {
      if (exporting) {
        await download(client, '/audit/export', query, 'export.zip');
      } else {
        const text = await client.request('GET', '/audit/events', { query, as: 'text' });
        setEvents(text.split('\n').filter(Boolean).slice(-MOST).map((line) => JSON.parse(line)).reverse());
      }
    });
  }}>
    <div class="columns"><${ConversationField} app=${app} value=${conversation} onChange=${setConversation} /><${PersonField} app=${app} label=${t('audit.concerns')} person=${person} onChange=${setPerson} />
      <label>${t('audit.type')}<input name="type" placeholder="MessageSent" spellcheck=${false} /></label>
      <label>${t('audit.from')}<input name="from" type="datetime-local" /></label><label>${t('audit.to')}<input name="to" type="datetime-local" /></label></div>
    <div class="row"><button type="submit" disabled=${busy}>${t('audit.show')}</button><button type="submit" name="export" class="quiet" disabled=${busy}>${t('audit.export')}</button></div></form>
    <${ProblemNote} problem=${problem} />
    <p class="hint" role="status">${busy ? t('loading') : events.length > 0 && t('audit.newest', { n: events.length })}</p>
    <div class="table"><table><thead><tr><th scope="col">#</th><th scope="col">${t('audit.time')}</th><th scope="col">${t('audit.type')}</th><th scope="col">${t('audit.person')}</th><th scope="col">${t('audit.stream')}</th><td></td></tr></thead>
      <tbody>${events.map((event) => html`<tr key=${event.id}><td>${event.globalindex}</td><td>${full(event.time)}</td><td>${event.type.split(/[.$]/).at(-1)}</td>
        <td>${authorOf(event.data, people)}</td><td><${Stream} app=${app} event=${event} /></td>
        <td><button type="button" class="link" onClick=${() => setProving(event.globalindex)}>${t('message.prove')}</button></td></tr>`)}</tbody></table></div>
    ${proving && html`<${Proof} app=${app} path=${`/audit/events/${proving}/proof`} query=${{ reason: app.reason }} onClose=${() => setProving(null)} />`}`;
}

/** Most events name their author. */
function authorOf(data, people) {
  const author = data?.by ?? data?.auditor ?? data?.user;
  return author && author !== 'system' ? nameOf(people.get(author)) : '';
}

/** What an event belongs to. An entry of a conversation leads to the conversation as it stood then. */
function Stream({ app, event }) {
  if (event.aggregatetype !== 'Conversation') {
    return html`<code>${event.subject}</code>`;
  }
  const position = Number(event.sequence) + 1;
  const href = `/audit/conversation/${encodeURIComponent(event.subject)}/${position}`;
  return html`<a href=${href} onClick=${(click) => app.follow(click, href)}>${t('audit.entry', { position })}</a> <code>${event.subject}</code>`;
}

function Review({ app }) {
  const { client, people } = app;
  useModel(people);
  const [month, setMonth] = useState(new Date().toISOString().slice(0, 7));
  const [accesses, setAccesses] = useState(null);
  const { run, busy, problem } = useAction();
  const query = (format) => ({ month, format, tz: Intl.DateTimeFormat().resolvedOptions().timeZone, reason: app.reason });
  return html`<form class="card wide" onSubmit=${(event) => {
    event.preventDefault();
    run(async () => setAccesses(await client.request('GET', '/audit/access-review', { query: query('json') })));
  }}><div class="row"><label>${t('audit.month')}<input type="month" required value=${month} onInput=${(event) => setMonth(event.target.value)} /></label>
    <button type="submit" disabled=${busy}>${t('audit.show')}</button>
    <button type="button" class="quiet" disabled=${busy} onClick=${() => run(() => download(client, '/audit/access-review', query('csv'), `access-review-${month}.csv`))}>CSV</button></div></form>
    <${ProblemNote} problem=${problem} />
    ${accesses && html`<${Accesses} people=${people} accesses=${accesses} />`}`;
}
