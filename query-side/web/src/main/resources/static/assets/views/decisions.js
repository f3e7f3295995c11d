// What auditors decide: holds, erasures, how long texts are kept, and rebuilds of what is derived from the events.
import { useEffect, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { full, t } from '../i18n/texts.js';
import { useModel } from '../model/observable.js';
import { Dialog, PersonSearch, ProblemNote, nameOf, useAction } from '../components/common.js';
import { ConversationField, PersonField } from '../components/subjects.js';

const REFRESH_MS = 1000;
const TARGETS = ['read-model', 'search'];

export function Holds({ app }) {
  const { client, people } = app;
  useModel(people);
  const [holds, setHolds] = useState(null);
  const [person, setPerson] = useState(null);
  const [conversation, setConversation] = useState('');
  const { run, busy, problem } = useAction();
  const load = async () => setHolds((await client.request('GET', '/audit/holds', { query: { reason: app.reason } })).holds);
  const place = (event) => {
    event.preventDefault();
    const { hold, query } = event.target.elements;
    run(async () => {
      const body = { hold: hold.value.trim(), reason: app.reason };
      const scope = query.value.trim() ? { query: query.value.trim() }
        : { users: person ? [person.id] : [], conversations: conversation.trim() ? [conversation.trim()] : [] };
      await client.request('POST', '/audit/holds', { body: { ...body, ...scope } });
      await load();
    });
  };
  return html`<form class="card wide" onSubmit=${place}>
      <h3>${t('holds.place')}</h3>
      <div class="columns"><label>${t('holds.id')}<input name="hold" required pattern="[A-Za-z0-9_\\-]{1,64}" spellcheck=${false} /></label>
        <${ConversationField} app=${app} value=${conversation} onChange=${setConversation} /><label>${t('holds.query')}<input name="query" maxlength="1000" /></label></div>
      <${PersonField} app=${app} label=${t('holds.person')} person=${person} onChange=${setPerson} />
      <div class="row"><button type="submit" disabled=${busy}>${t('holds.do')}</button><button type="button" class="quiet" disabled=${busy} onClick=${() => run(load)}>${t('audit.show')}</button></div>
    </form><${ProblemNote} problem=${problem} />
    ${holds && html`<div class="table"><table><thead><tr><th scope="col">${t('holds.id')}</th><th scope="col">${t('audit.what')}</th><th scope="col">${t('reason.short')}</th><th scope="col">${t('holds.by')}</th><td></td></tr></thead>
      <tbody>${holds.map((hold) => html`<tr key=${hold.hold}><td>${hold.hold}</td>
        <td>${hold.query ?? ''} ${hold.users.map((user) => nameOf(people.get(user))).join(', ')} ${hold.conversations.map((id) => html`<code>${id}</code> `)}</td>
        <td>${hold.reason}</td><td>${nameOf(people.get(hold.by))}, ${full(hold.at)}</td>
        <td><button type="button" class="quiet" disabled=${busy} onClick=${() => run(async () => {
          await client.request('DELETE', `/audit/holds/${encodeURIComponent(hold.hold)}`, { query: { reason: app.reason } });
          await load();
        })}>${t('holds.lift')}</button></td></tr>`)}</tbody></table></div>`}`;
}

export function Erasures({ app }) {
  const { client, people } = app;
  useModel(people);
  const [person, setPerson] = useState(null);
  const [asking, setAsking] = useState(false);
  const [erasure, setErasure] = useState(null);
  const { run, busy, problem } = useAction();
  const running = erasure && erasure.state !== 'refused' && erasure.stores.some((store) => store.doneAt === null);
  useEffect(() => {
    if (!running) {
      return undefined;
    }
    // Repeating an order answers how far it has come, and is no further access.
    const timer = setInterval(() => run(async () => setErasure(await order(client, app, erasure.user))), REFRESH_MS * 3);
    return () => clearInterval(timer);
  }, [running]);
  return html`<div class="card wide"><h3>${t('erasure.title')}</h3><p class="hint">${t('erasure.hint')}</p>
      ${person ? html`<p class="row"><strong>${nameOf(person)}</strong> <code>${person.id}</code>
          <button type="button" class="danger" disabled=${busy || !app.reason.trim()} onClick=${() => setAsking(true)}>${t('erasure.do')}</button>
          <button type="button" class="quiet" onClick=${() => setPerson(null)}>${t('cancel')}</button></p>`
        : html`<${PersonSearch} people=${people} label=${t('new.person')} onPick=${setPerson} />`}</div>
    <${ProblemNote} problem=${problem} />
    ${erasure && html`<div class="card wide" role="status"><p><code>${erasure.user}</code>: ${erasure.state}</p>
      <ul>${erasure.stores.map((store) => html`<li key=${store.store}>${store.doneAt ? '✓' : '…'} ${store.store} ${store.doneAt && html`<span class="hint">${full(store.doneAt)}</span>`}</li>`)}</ul></div>`}
    ${asking && html`<${Dialog} title=${t('erasure.do')} onClose=${() => setAsking(false)}><p>${t('erasure.sure', { name: nameOf(person) })}</p>
      <footer><button type="button" class="quiet" onClick=${() => setAsking(false)}>${t('cancel')}</button>
        <button type="button" class="danger" onClick=${() => {
          setAsking(false);
          run(async () => setErasure(await order(client, app, person.id)));
        }}>${t('erasure.do')}</button></footer></${Dialog}>`}`;
}

const order = (client, app, user) => client.request('POST', '/audit/erasures', { body: { user, reason: app.reason } });

export function Retention({ app }) {
  const { client, people } = app;
  useModel(people);
  const [rules, setRules] = useState(null);
  const [conversation, setConversation] = useState('');
  const { run, busy, problem } = useAction();
  const load = async () => setRules((await client.request('GET', '/audit/retention', { query: { reason: app.reason } })).rules);
  const path = (conversation) => (conversation ? `/audit/retention/conversations/${encodeURIComponent(conversation)}` : '/audit/retention');
  return html`<form class="card wide" onSubmit=${(event) => {
      event.preventDefault();
      const { days } = event.target.elements;
      run(async () => {
        await client.request('PUT', path(conversation.trim()), { body: { days: Number(days.value), reason: app.reason } });
        await load();
      });
    }}><h3>${t('retention.title')}</h3><p class="hint">${t('retention.hint')}</p>
      <div class="columns"><${ConversationField} app=${app} label=${t('retention.conversation')} value=${conversation} onChange=${setConversation} /><label>${t('retention.days')}<input name="days" type="number" min="1" max="36500" required /></label></div>
      <div class="row"><button type="submit" disabled=${busy}>${t('save')}</button><button type="button" class="quiet" disabled=${busy} onClick=${() => run(load)}>${t('audit.show')}</button></div></form>
    <${ProblemNote} problem=${problem} />
    ${rules && html`<div class="table"><table><thead><tr><th scope="col">${t('audit.id')}</th><th scope="col">${t('retention.days')}</th><th scope="col">${t('reason.short')}</th><th scope="col">${t('holds.by')}</th><td></td></tr></thead>
      <tbody>${rules.map((rule) => html`<tr key=${rule.conversation}><td>${rule.conversation ?? t('retention.all')}</td><td>${rule.days}</td><td>${rule.reason}</td><td>${nameOf(people.get(rule.by))}, ${full(rule.at)}</td>
        <td><button type="button" class="quiet" disabled=${busy} onClick=${() => run(async () => {
          await client.request('DELETE', path(rule.conversation), { query: { reason: app.reason } });
          await load();
        })}>${t('remove')}</button></td></tr>`)}</tbody></table></div>`}`;
}

export function Rebuilds({ app }) {
  return TARGETS.map((target) => html`<${Rebuild} key=${target} app=${app} target=${target} />`);
}

function Rebuild({ app, target }) {
  const { client } = app;
  const [report, setReport] = useState(null);
  const { run, busy, problem } = useAction();
  const load = () => run(async () => setReport(await client.request('GET', `/audit/rebuilds/${target}`)));
  useEffect(() => {
    load();
  }, []);
  // A server without search has no index to rebuild.
  const absent = problem?.status === 404;
  const filling = report?.state === 'filling';
  useEffect(() => {
    if (!filling) {
      return undefined;
    }
    const timer = setInterval(load, REFRESH_MS);
    return () => clearInterval(timer);
  }, [filling]);
  if (absent) {
    return null;
  }
  return html`<div class="card wide"><h3>${t(`rebuild.${target}`)}</h3><${ProblemNote} problem=${problem} />
    ${report && html`<p>${[t(`rebuild.${report.state}`, {}, report.state), report.serving && t('rebuild.serving', { generation: report.serving })].filter(Boolean).join(' · ')}</p>`}
    ${filling && html`<progress max="100" value=${report.percent} aria-label=${t(`rebuild.${target}`)}></progress><p class="hint">${Math.round(report.percent)} % · ${report.eventsPerSecond}/s</p>`}
    <div class="row"><button type="button" disabled=${busy || filling || !app.reason.trim()} onClick=${() => run(async () => setReport(await client.request('POST', '/audit/rebuilds', { body: { target, reason: app.reason } })))}>${t('rebuild.do')}</button></div></div>`;
}
