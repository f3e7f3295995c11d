// Members, pins and settings of one conversation.
import { useState, useEffect } from 'preact/hooks';
import { html } from 'htm/preact';
import { t } from '../i18n/texts.js';
import { Avatar, Dialog, PersonSearch, ProblemNote, excerpt, nameOf, useAction } from '../components/common.js';
import { useModel } from '../model/observable.js';

const ROLES = ['member', 'admin', 'owner'];

export function Details({ app, about, pins, onClose, onChanged, onJump }) {
  const { client, people } = app;
  useModel(people);
  const me = client.login.user.id;
  const path = `/conversations/${encodeURIComponent(about.id)}`;
  const role = about.members.find((member) => member.user === me)?.role;
  const admin = about.kind === 'group' && (role === 'admin' || role === 'owner');
  const [title, setTitle] = useState(about.title ?? '');
  const [leaving, setLeaving] = useState(false);
  const { run, busy, problem } = useAction();
  const change = (action) => run(async () => {
    await action();
    await onChanged();
  });
  const member = (user) => `${path}/members/${encodeURIComponent(user)}`;

  return html`<${Dialog} title=${t('room.details')} onClose=${onClose} wide>
    <${ProblemNote} problem=${problem} />
    ${admin && html`<form class="row" onSubmit=${(event) => {
      event.preventDefault();
      change(() => client.request('PATCH', path, { body: { title } }));
    }}>
      <label class="grow">${t('members.title-field')}<input required maxlength="200" value=${title} onInput=${(event) => setTitle(event.target.value)} /></label>
      <button type="submit" disabled=${busy || title === about.title}>${t('members.rename')}</button></form>
      <label class="check"><input type="checkbox" checked=${about.joinable} onChange=${(event) => change(() => client.request('PATCH', path, { body: { joinable: event.target.checked } }))} />
        ${t('members.open')}</label>`}
    <h3>${t('members.title')} (${about.members.length})</h3>
    ${admin && html`<${PersonSearch} people=${people} label=${t('members.add')} exclude=${about.members.map((m) => m.user)}
      onPick=${(person) => change(() => client.request('PUT', member(person.id), { body: {} }))} />`}
    <ul class="people">${about.members.map(({ user, role: has }) => html`<li key=${user} class="row">
      <${Avatar} people=${people} user=${user} presence />
      <span class="grow">${nameOf(people.get(user))}</span>
      ${about.kind === 'group' && (role === 'owner' && user !== me
        ? html`<select aria-label=${t('members.make', { name: nameOf(people.get(user)) })} value=${has}
            onChange=${(event) => change(() => client.request('PUT', member(user), { body: { role: event.target.value } }))}>
            ${ROLES.map((each) => html`<option key=${each} value=${each}>${t(`role.${each}`)}</option>`)}</select>`
        : html`<span class="hint">${t(`role.${has}`)}</span>`)}
      ${admin && user !== me && has !== 'owner' && html`<button type="button" class="quiet" onClick=${() => change(() => client.request('DELETE', member(user)))}>${t('members.remove')}</button>`}
    </li>`)}</ul>
    <h3>${t('pins.title')}</h3>
    <${Pins} app=${app} about=${about} pins=${pins} onJump=${onJump} />
    ${about.kind === 'group' && role && html`<footer>${leaving
      ? html`<p>${t('members.leave-sure')}</p><button type="button" class="danger" disabled=${busy} onClick=${() => run(async () => {
          await client.request('DELETE', member(me));
          onClose();
          await app.inbox.load();
          app.go('/');
        })}>${t('members.leave')}</button>`
      : html`<button type="button" class="quiet" onClick=${() => setLeaving(true)}>${t('members.leave')}</button>`}</footer>`}
  </${Dialog}>`;
}

function Pins({ app, about, pins, onJump }) {
  const [entries, setEntries] = useState([]);
  const { run, problem } = useAction();
  const positions = [...pins].sort((a, b) => b - a);
  useEffect(() => {
    run(async () => {
      if (positions.length > 0) {
        const { entries: pinned } = await app.client.request('GET', `/conversations/${encodeURIComponent(about.id)}/entries`, { query: { at: positions.join() } });
        setEntries(pinned.reverse());
      }
    });
  }, [positions.join()]);
  if (positions.length === 0) {
    return html`<p class="hint">${t('pins.none')}</p>`;
  }
  return html`<${ProblemNote} problem=${problem} /><ul class="pins">${entries.map((entry) => html`<li key=${entry.position}>
    <button type="button" class="row-button" onClick=${() => onJump(entry.position)}><strong>${nameOf(app.people.get(entry.sender))}</strong> ${excerpt(entry, app.people, 160)}</button></li>`)}</ul>`;
}
