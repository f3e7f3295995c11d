// What auditors work in: conversations as they stood, stored events, who accessed what.
import { useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { full, t } from '../i18n/texts.js';
import { useModel } from '../model/observable.js';
import { download } from '../components/download.js';
import { Reason } from '../components/reason.js';
import { ProblemNote, nameOf, useAction } from '../components/common.js';
import { Erasures, Holds, Rebuilds, Retention } from './decisions.js';
import { isDrawn } from './message.js';
import { PastEntry } from './past.js';
import { Exports } from './exports.js';
import { Replay } from './replay.js';

const PARTS = ['conversation', 'replay', 'events', 'exports', 'review', 'holds', 'erasures', 'retention', 'rebuilds'];

export function AuditView({ app, part }) {
  const shown = PARTS.includes(part) ? part : PARTS[0];
  const View = { conversation: PastConversation, replay: Replay, events: Events, exports: Exports, review: Review, holds: Holds, erasures: Erasures, retention: Retention, rebuilds: Rebuilds }[shown];
  return html`<div class="room desk">
    <header class="room-head"><h2 id="audit-title" tabindex="-1">${t('audit.title')}</h2>
      <nav class="tabs" aria-label=${t('audit.title')}>${PARTS.map((each) => html`<a key=${each} href=${`/audit/${each}`} aria-current=${each === shown ? 'page' : undefined}
        onClick=${(event) => app.follow(event, `/audit/${each}`)}>${t(`audit.${each}`)}</a>`)}</nav></header>
    <div class="scroll pad" tabindex="0" role="region" aria-label=${t(`audit.${shown}`)}>
      <p class="problem">${t('audit.recorded')}</p>
      <div class="card wide"><${Reason} value=${app.reason} onChange=${(reason) => app.setReason(reason)} /></div>
      <${View} app=${app} />
    </div></div>`;
}

function PastConversation({ app }) {
  const { client, people } = app;
  useModel(people);
  const [id, setId] = useState('');
  const [head, setHead] = useState(null);
  const [at, setAt] = useState(null);
  const [past, setPast] = useState(null);
  const [access, setAccess] = useState(null);
  const { run, busy, problem } = useAction();
  const path = `/audit/conversations/${encodeURIComponent(id.trim())}`;

  const load = (position) => run(async () => {
    const answer = await client.request('GET', path, { query: { at: position ?? undefined, limit: 100, reason: app.reason } });
    setPast(answer);
    setAt(answer.position);
    setAccess(null);
    if (position === null) {
      setHead(answer.position);
    }
  });
  const reactions = new Map();
  (past?.reactions ?? []).forEach((reaction) => reactions.set(reaction.target ?? reaction.position, [...(reactions.get(reaction.target ?? reaction.position) ?? []), reaction.emoji]));

  return html`<form class="card wide" onSubmit=${(event) => {
    event.preventDefault();
    load(null);
  }}>
    <label>${t('audit.id')}<input required pattern="[A-Za-z0-9_\\-]{1,64}" value=${id} onInput=${(event) => setId(event.target.value)} spellcheck=${false} /></label>
    <p><button type="submit" disabled=${busy}>${t('audit.show')}</button></p></form>
    <${ProblemNote} problem=${problem} />
    ${past && html`<div class="card wide">
      <label>${t('audit.slider', { position: at, head, when: full(past.at) })}
        <input type="range" min="1" max=${head} value=${at} onInput=${(event) => setAt(Number(event.target.value))} onChange=${(event) => load(Number(event.target.value))} /></label>
      <p><strong>${past.title ?? t('room.group')}</strong> · ${t('room.members', { n: past.members.length })} · ${past.members.map((member) => `${nameOf(people.get(member.user))} (${t(`role.${member.role.toLowerCase()}`)})`).join(', ')}</p>
      <ol class="past">${past.entries.filter(isDrawn).map((entry) => html`<li key=${entry.position}><${PastEntry} entry=${entry} people=${people} reactions=${(reactions.get(entry.position) ?? []).join(' ')}>
        <button type="button" class="link" onClick=${() => run(async () => setAccess({ position: entry.position, ...(await client.request('GET', `${path}/entries/${entry.position}/access`, { query: { reason: app.reason } })) }))}>${t('audit.who')}</button></${PastEntry}></li>`)}</ol></div>`}
    ${access && html`<div class="card wide" role="region" aria-label=${t('audit.who')}><h3>${t('audit.who-title', { position: access.position })}</h3>
      <h4>${t('audit.versions')}</h4><ol>${access.versions.map((version) => html`<li key=${version.position}><p class="hint">${full(version.at)} · ${version.kind}</p>${version.text && html`<p class="preview">${version.text}</p>`}</li>`)}</ol>
      <table><thead><tr><th scope="col">${t('audit.person')}</th><th scope="col">${t('audit.could-since')}</th><th scope="col">${t('audit.read-at')}</th></tr></thead>
        <tbody>${access.readers.map((reader) => html`<tr key=${reader.user}><td>${nameOf(people.get(reader.user))}</td><td>${reader.readings[0] && full(reader.readings[0].at)}</td><td>${reader.read ? full(reader.read) : '–'}</td></tr>`)}</tbody></table></div>`}`;
}

function Events({ app }) {
  const { client } = app;
  const [events, setEvents] = useState([]);
  const { run, busy, problem } = useAction();
  const MOST = 200;
  const filters = (elements) => Object.fromEntries(['conversation', 'user', 'type', 'from', 'to'].map((name) => [name, elements[name].value.trim()]).filter(([, value]) => value)
    .map(([name, value]) => [name, name === 'from' || name === 'to' ? new Date(value).toISOString() : value]));
  return html`<form class="card wide" onSubmit=${(event) => {
    event.preventDefault();
    const query = { ...filters(event.target.elements), reason: app.reason };
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
    <div class="columns"><label>${t('audit.id')}<input name="conversation" spellcheck=${false} /></label><label>${t('audit.user')}<input name="user" spellcheck=${false} /></label>
      <label>${t('audit.type')}<input name="type" placeholder="MessageSent" spellcheck=${false} /></label>
      <label>${t('audit.from')}<input name="from" type="datetime-local" /></label><label>${t('audit.to')}<input name="to" type="datetime-local" /></label></div>
    <div class="row"><button type="submit" disabled=${busy}>${t('audit.show')}</button><button type="submit" name="export" class="quiet" disabled=${busy}>${t('audit.export')}</button></div></form>
    <${ProblemNote} problem=${problem} />
    <p class="hint" role="status">${busy ? t('loading') : events.length > 0 && t('audit.newest', { n: events.length })}</p>
    <div class="table"><table><thead><tr><th scope="col">#</th><th scope="col">${t('audit.time')}</th><th scope="col">${t('audit.type')}</th><th scope="col">${t('audit.stream')}</th></tr></thead>
      <tbody>${events.map((event) => html`<tr key=${event.id}><td>${event.globalindex}</td><td>${full(event.time)}</td><td>${event.type.split('.').at(-1)}</td><td><code>${event.subject}</code></td></tr>`)}</tbody></table></div>`;
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
    ${accesses && html`<div class="table"><table><thead><tr><th scope="col">${t('audit.time')}</th><th scope="col">${t('audit.person')}</th><th scope="col">${t('audit.action')}</th><th scope="col">${t('audit.what')}</th><th scope="col">${t('reason.short')}</th></tr></thead>
      <tbody>${[...accesses].reverse().slice(0, 500).map((access) => html`<tr key=${access.index}><td>${full(access.at)}</td><td>${nameOf(people.get(access.by))}</td><td>${access.action}</td>
        <td>${access.query ?? access.request ?? access.role ?? ''}</td><td>${access.reason ?? ''}</td></tr>`)}</tbody></table></div>`}`;
}
