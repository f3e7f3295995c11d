// Whom and what an auditor asks about, found by a person's name instead of ids.
import { useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { full, momentOf, t } from '../i18n/texts.js';
import { useModel } from '../model/observable.js';
import { PersonSearch, ProblemNote, nameOf, useAction } from './common.js';
import { useEnter } from './enter.js';

/** @param {{app: any, label: string, person: any, onChange: (person: any) => void}} props */
export function PersonField({ app, label, person, onChange }) {
  useModel(app.people);
  return person
    ? html`<div class="stack"><span>${label}</span><ul class="chips"><li>${nameOf(person)} <button type="button" class="link" onClick=${() => onChange(null)}>${t('remove')}</button></li></ul></div>`
    : html`<${PersonSearch} people=${app.people} label=${label} onPick=${onChange} />`;
}

/** A field for a conversation's id, that looks for conversations by member, title and time. These looks are recorded too. */
export function ConversationField({ app, label = t('audit.id'), value, onChange, required = false }) {
  const [finding, setFinding] = useState(false);
  return html`<div class="stack"><label>${label}<input name="conversation" required=${required} pattern="[A-Za-z0-9_\\-]{1,64}" value=${value} onInput=${(event) => onChange(event.target.value)} spellcheck=${false} autocomplete="off" /></label>
    <button type="button" class="link" aria-expanded=${finding} onClick=${() => setFinding(!finding)}>${t('audit.find')}</button>
    ${finding && html`<${Finder} app=${app} onPick=${(id) => {
      setFinding(false);
      onChange(id);
    }} />`}</div>`;
}

function Finder({ app, onPick }) {
  const { client, people } = app;
  useModel(people);
  const [member, setMember] = useState(null);
  const [title, setTitle] = useState('');
  const [time, setTime] = useState({ from: '', to: '' });
  const [found, setFound] = useState(null);
  const { run, busy, problem } = useAction();
  const find = (after = undefined) => run(async () => {
    const query = { member: member?.id, title: title.trim() || undefined, from: momentOf(time.from), to: momentOf(time.to), after, reason: app.reason };
    const page = await client.request('GET', '/audit/conversations', { query });
    setFound(after === undefined ? page : { ...page, conversations: [...found.conversations, ...page.conversations] });
  });
  const enter = useEnter(() => find());
  const calledOf = ({ titles, people: members }) => titles.map((each) => each.title ?? t('audit.erased-title')).join(' → ') || members.map((id) => nameOf(people.get(id))).join(', ');
  return html`<div class="card wide" role="group" aria-label=${t('audit.find')}>
    <div class="columns"><${PersonField} app=${app} label=${t('audit.find-by')} person=${member} onChange=${setMember} />
      <label>${t('audit.find-title')}<input maxlength="200" value=${title} onInput=${(event) => setTitle(event.target.value)} ...${enter} /></label>
      ${Object.keys(time).map((name) => html`<label key=${name}>${t(`audit.${name}`)}<input type="datetime-local" value=${time[name]} onInput=${(event) => setTime({ ...time, [name]: event.target.value })} /></label>`)}</div>
    <div class="row"><button type="button" disabled=${busy} onClick=${() => find()}>${t('audit.find-do')}</button></div>
    <${ProblemNote} problem=${problem} />
    ${busy && html`<p class="hint" role="status">${t('loading')}</p>`}
    ${found && html`<ul class="people" aria-label=${t('audit.found')}>
      ${found.conversations.length === 0 && html`<li class="faint pad">${t('audit.no-conversations')}</li>`}
      ${found.conversations.map((each) => html`<li key=${each.conversation}><button type="button" class="row-button" onClick=${() => onPick(each.conversation)}>
        <span>${calledOf(each)}<br /><span class="hint">${full(each.startedAt)} · ${t('room.members', { n: each.people.length })}</span></span></button></li>`)}</ul>
      ${found.next !== undefined && html`<button type="button" class="quiet" disabled=${busy} onClick=${() => find(found.next)}>${t('more')}</button>`}`}</div>`;
}
