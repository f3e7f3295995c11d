// People and their roles, codes for forgotten passwords, and the nodes that serve.
import { useEffect, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { full, t } from '../i18n/texts.js';
import { useModel } from '../model/observable.js';
import { Reason } from '../components/reason.js';
import { Load } from './load.js';
import { Avatar, PersonSearch, ProblemNote, nameOf, useAction } from '../components/common.js';

const ROLES = ['analyst', 'investigator', 'auditor', 'admin'];

export function AdminView({ app }) {
  const { client, people } = app;
  useModel(people);
  const [user, setUser] = useState(null);
  const [code, setCode] = useState(null);
  const [nodes, setNodes] = useState([]);
  const { run, busy, problem } = useAction();
  const person = user && people.get(user);
  const path = user && `/users/${encodeURIComponent(user)}`;

  useEffect(() => {
    run(async () => setNodes((await client.request('GET', '/gateways')).gateways));
  }, []);
  const choose = (chosen) => run(async () => {
    setCode(null);
    setUser(chosen.id);
    people.put(await client.request('GET', `/users/${encodeURIComponent(chosen.id)}`));
  });
  const change = (role, grant) => run(async () => {
    await client.request(grant ? 'PUT' : 'DELETE', `${path}/roles/${role}`, { query: { reason: app.reason } });
    people.put(await client.request('GET', path));
  });

  return html`<div class="room desk">
    <header class="room-head"><h2 id="admin-title" tabindex="-1">${t('admin.title')}</h2></header>
    <div class="scroll pad" tabindex="0" role="region" aria-label=${t('admin.title')}>
      <div class="card wide"><${Reason} value=${app.reason} onChange=${(reason) => app.setReason(reason)} />
        <${PersonSearch} people=${people} label=${t('new.person')} onPick=${choose} />
        <${ProblemNote} problem=${problem} />
        ${person && html`<div><p class="row"><${Avatar} people=${people} user=${user} /><strong>${nameOf(person)}</strong> <span class="faint">@${person.username}</span></p>
          <fieldset disabled=${busy || !app.reason.trim()}><legend>${t('admin.roles')}</legend>${ROLES.map((role) => html`<label class="check" key=${role}>
            <input type="checkbox" checked=${(person.roles ?? []).includes(role)} onChange=${(event) => change(role, event.target.checked)} /> ${t(`admin.${role}`)}</label>`)}</fieldset>
          <p><button type="button" class="quiet" disabled=${busy} onClick=${() => run(async () => setCode(await client.request('POST', `${path}/password-reset`)))}>${t('admin.reset')}</button></p>
          ${code && html`<p role="status">${t('admin.code')}: <code>${code.code}</code> · ${t('admin.until', { when: full(code.expiresAt) })}</p>`}</div>`}</div>
      <div class="card wide"><h3>${t('admin.nodes')}</h3><div class="table"><table><thead><tr><th scope="col">${t('admin.node')}</th><th scope="col">${t('admin.region')}</th><th scope="col">URL</th><th scope="col">${t('admin.sessions')}</th></tr></thead>
        <tbody>${nodes.map((each) => html`<tr key=${each.node}><td>${each.node}</td><td>${each.region}</td><td>${each.url}</td><td>${each.sessions} / ${each.capacity}</td></tr>`)}</tbody></table></div></div>
      <${Load} app=${app} />
    </div></div>`;
}
