// Whom and what an auditor asks about, found by a person's name instead of ids.
import { useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { full, t } from '../i18n/texts.js';
import { useModel } from '../model/observable.js';
import { PersonSearch, ProblemNote, nameOf, useAction } from './common.js';

/** The events with which people come into conversations. */
const JOINING = ['DirectStarted', 'GroupStarted', 'MemberJoined'];

/** As many of a person's conversations as are offered, the newest first. */
const OFFERED = 30;

/** @param {{app: any, label: string, person: any, onChange: (person: any) => void}} props */
export function PersonField({ app, label, person, onChange }) {
  useModel(app.people);
  return person
    ? html`<div class="stack"><span>${label}</span><ul class="chips"><li>${nameOf(person)} <button type="button" class="link" onClick=${() => onChange(null)}>${t('remove')}</button></li></ul></div>`
    : html`<${PersonSearch} people=${app.people} label=${label} onPick=${onChange} />`;
}

/** A field for a conversation's id, that looks among the conversations of a person. These looks are recorded too. */
export function ConversationField({ app, label = t('audit.id'), value, onChange, required = false }) {
  const { client, people } = app;
  useModel(people);
  const [finding, setFinding] = useState(false);
  const [found, setFound] = useState(null);
  const { run, busy, problem } = useAction();
  const offer = (person) => run(async () => {
    const { reason } = app;
    const text = await client.request('GET', '/audit/events', { query: { user: person.id, type: JOINING, reason }, as: 'text' });
    const ids = [...new Set(text.split('\n').filter(Boolean).map((line) => JSON.parse(line).subject).reverse())].slice(0, OFFERED);
    const conversations = await Promise.all(ids.map((id) => client.request('GET', `/audit/conversations/${encodeURIComponent(id)}`, { query: { limit: 1, reason } })));
    setFound({ person, conversations });
  });
  const pick = (id) => {
    setFinding(false);
    setFound(null);
    onChange(id);
  };
  return html`<div class="stack"><label>${label}<input name="conversation" required=${required} pattern="[A-Za-z0-9_\\-]{1,64}" value=${value} onInput=${(event) => onChange(event.target.value)} spellcheck=${false} autocomplete="off" /></label>
    ${!finding && html`<button type="button" class="link" onClick=${() => setFinding(true)}>${t('audit.find')}</button>`}
    ${finding && html`<${PersonSearch} people=${people} label=${t('audit.find-by')} onPick=${offer} />`}
    <${ProblemNote} problem=${problem} />
    ${busy && html`<p class="hint" role="status">${t('loading')}</p>`}
    ${found && html`<ul class="people" aria-label=${t('audit.conversations-of', { name: nameOf(found.person) })}>
      ${found.conversations.length === 0 && html`<li class="faint pad">${t('audit.no-conversations')}</li>`}
      ${found.conversations.map((each) => html`<li key=${each.id}><button type="button" class="row-button" onClick=${() => pick(each.id)}>
        <span>${each.title ?? each.members.map((member) => nameOf(people.get(member.user))).join(', ')}<br /><span class="hint">${full(each.at)}</span></span></button></li>`)}</ul>`}</div>`;
}
