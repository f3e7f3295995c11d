// Profile, privacy, notifications, look, sessions, password, and the end of the account.
import { useEffect, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { Icon } from '../components/icon.js';
import { ago, chooseLanguage, t } from '../i18n/texts.js';
import { language } from '../preload.js';
import { ProblemNote, useAction } from '../components/common.js';
import { download } from '../components/download.js';
import { disablePush, enablePush, pushState } from '../model/notifications.js';
import { chooseTheme, theme } from '../theme.js';

export function SettingsView({ app }) {
  // An issuer has the password, and ends its sessions itself.
  const { external } = app.client.login;
  return html`<div class="room settings">
    <header class="room-head"><button type="button" class="icon back" aria-label=${t('back')} onClick=${() => app.go('/')}><${Icon} name="back" /></button><h2 id="settings-title" tabindex="-1">${t('settings.title')}</h2></header>
    <div class="scroll pad" tabindex="0" role="region" aria-label=${t('settings.title')}>
      <${Profile} app=${app} /><${Privacy} app=${app} /><${Look} />
      ${!external && html`<${Sessions} app=${app} /><${Password} app=${app} />`}<${OwnData} app=${app} />${!external && html`<${Deletion} app=${app} />`}
    </div>
  </div>`;
}

function Part({ title, problem, done, children, onSubmit }) {
  return html`<form class="card" onSubmit=${(event) => {
    event.preventDefault();
    onSubmit?.(event.target.elements);
  }}><h3>${title}</h3>${children}<${ProblemNote} problem=${problem} /><p class="hint" role="status">${done}</p></form>`;
}

function Profile({ app }) {
  const { client, people } = app;
  const { run, busy, problem } = useAction();
  const [done, setDone] = useState('');
  return html`<${Part} title=${t('settings.profile')} problem=${problem} done=${done} onSubmit=${({ displayName }) => run(async () => {
    const changed = await client.request('PATCH', '/users/me', { body: { displayName: displayName.value } });
    people.put({ ...people.get(client.login.user.id), ...changed });
    setDone(t('saved'));
  })}>
    <p class="hint">${t('settings.username')}: @${client.login.user.username}</p>
    <label>${t('field.display-name')}<input name="displayName" required maxlength="100" value=${people.get(client.login.user.id)?.displayName ?? client.login.user.displayName} /></label>
    <button type="submit" disabled=${busy}>${t('save')}</button></${Part}>`;
}

function Privacy({ app }) {
  const { run, problem } = useAction();
  const [settings, setSettings] = useState(null);
  const [done, setDone] = useState('');
  useEffect(() => {
    run(async () => setSettings(await app.client.request('GET', '/users/me/settings')));
  }, []);
  const change = (changes) => run(async () => {
    const changed = { ...settings, ...changes };
    setDone('');
    setSettings(changed);
    try {
      await app.client.request('PUT', '/users/me/settings', { body: { ...changed, groupAdditions: changed.groupAdditions.toLowerCase() } });
    } catch (refusal) {
      setSettings(settings);
      throw refusal;
    }
    setDone(t('saved'));
  });
  const check = (field, label) => html`<label class="check"><input type="checkbox" checked=${settings[field]} onChange=${(event) => change({ [field]: event.target.checked })} /> ${t(label)}</label>`;
  return html`<${Part} title=${t('settings.privacy')} problem=${problem} done=${done}>${settings && html`
    ${check('readReceipts', 'settings.receipts')}
    <label>${t('settings.contacts')}<select value=${settings.contactRequests.toLowerCase()} onChange=${(event) => change({ contactRequests: event.target.value })}>
      <option value="everybody">${t('settings.everybody')}</option><option value="nobody">${t('settings.nobody')}</option></select></label>
    <label>${t('settings.groups')}<select value=${settings.groupAdditions.toLowerCase()} onChange=${(event) => change({ groupAdditions: event.target.value })}>
      <option value="everybody">${t('settings.everybody')}</option><option value="contacts">${t('settings.only-contacts')}</option><option value="nobody">${t('settings.nobody')}</option></select></label>
    <h3>${t('settings.notifications')}</h3>
    ${check('notifications', 'settings.notify')}<${Push} app=${app} />${check('textInNotifications', 'settings.notify-text')}`}</${Part}>`;
}

function Push({ app }) {
  const { run, problem } = useAction();
  const [state, setState] = useState('unsupported');
  useEffect(() => {
    run(async () => setState(await pushState(app.client)));
  }, []);
  const change = (on) => run(async () => {
    const enabled = on ? await enablePush(app.client) : (await disablePush(app.client), false);
    setState(enabled ? 'on' : 'off');
  });
  return html`<${ProblemNote} problem=${problem} />${state !== 'unsupported'
    && html`<label class="check"><input type="checkbox" checked=${state === 'on'} onChange=${(event) => change(event.target.checked)} /> ${t('settings.push')}</label>`}`;
}

function Look() {
  return html`<${Part} title=${t('settings.look')}>
    <label>${t('settings.language')}<select value=${language} onChange=${(event) => chooseLanguage(event.target.value)}><option value="en" lang="en">English</option><option value="ko" lang="ko">한국어</option></select></label>
    <label>${t('settings.theme')}<select value=${theme()} onChange=${(event) => chooseTheme(event.target.value)}>
      ${['system', 'light', 'dark'].map((each) => html`<option key=${each} value=${each}>${t(`settings.${each}`)}</option>`)}</select></label></${Part}>`;
}

const DEVICE = /^([a-z]+)-([a-z]+)-[0-9a-f]{24}$/;
const NAMES = {
  edge: 'Edge', opera: 'Opera', samsung: 'Samsung Internet', firefox: 'Firefox', chrome: 'Chrome', safari: 'Safari',
  android: 'Android', ios: 'iOS', windows: 'Windows', macos: 'macOS', linux: 'Linux',
};

/** Browser and system, if a page made the id; the ids of other clients name themselves. @param {string} id */
function deviceName(id) {
  const names = DEVICE.exec(id)?.slice(1).map((name) => NAMES[name]);
  return names?.every(Boolean) ? names.join(', ') : id;
}

function Sessions({ app }) {
  const { run, problem } = useAction();
  const [sessions, setSessions] = useState([]);
  const load = () => run(async () => setSessions((await app.client.request('GET', '/users/me/sessions')).sessions));
  useEffect(() => {
    load();
  }, []);
  const end = (path, query) => run(async () => {
    await app.client.request('DELETE', path, { query });
    await load();
  });
  return html`<${Part} title=${t('settings.sessions')} problem=${problem}><ul class="people">${sessions.map((session) => html`<li key=${session.id} class="row">
      <span class="grow">${deviceName(session.device)} ${session.current ? html`<strong>(${t('settings.this')})</strong>` : ''} <span class="hint">${t('settings.used', { when: ago(session.lastUsed) })}</span></span>
      ${!session.current && html`<button type="button" class="quiet" onClick=${() => end(`/users/me/sessions/${encodeURIComponent(session.id)}`)}>${t('settings.end')}</button>`}</li>`)}</ul>
    ${sessions.length > 1 && html`<button type="button" class="quiet" onClick=${() => end('/sessions', { except: 'current' })}>${t('settings.end-others')}</button>`}</${Part}>`;
}

function Password({ app }) {
  const { run, busy, problem } = useAction();
  const [done, setDone] = useState('');
  return html`<${Part} title=${t('settings.password')} problem=${problem} done=${done} onSubmit=${(fields) => run(async () => {
    setDone('');
    await app.client.request('PUT', '/users/me/password', { body: { current: fields.current.value, new: fields.fresh.value } });
    fields.current.value = '';
    fields.fresh.value = '';
    setDone(t('settings.changed'));
  })}>
    <input type="text" name="username" autocomplete="username" value=${app.client.login.user.username} hidden readonly />
    <label>${t('settings.current')}<input name="current" type="password" autocomplete="current-password" required /></label>
    <label>${t('settings.new')}<input name="fresh" type="password" autocomplete="new-password" required minlength="8" aria-describedby="new-password-hint" /></label>
    <p id="new-password-hint" class="hint">${t('field.password-hint')}</p>
    <button type="submit" disabled=${busy}>${t('settings.change')}</button></${Part}>`;
}

function OwnData({ app }) {
  const { run, busy, problem } = useAction();
  return html`<${Part} title=${t('settings.data')} problem=${problem} onSubmit=${() => run(() => download(app.client, '/users/me/export', {}, 'my-data.zip'))}>
    <p class="hint">${t('settings.data-hint')}</p><button type="submit" disabled=${busy}>${t(busy ? 'loading' : 'settings.data-do')}</button></${Part}>`;
}

function Deletion({ app }) {
  const { run, busy, problem } = useAction();
  return html`<${Part} title=${t('settings.delete')} problem=${problem} onSubmit=${({ password }) => run(async () => {
    await app.client.request('POST', '/users/me/deletion', { body: { password: password.value } });
    app.leave();
  })}>
    <p class="hint">${t('settings.delete-hint')}</p>
    <label>${t('field.password')}<input name="password" type="password" autocomplete="current-password" required /></label>
    <button type="submit" class="danger" disabled=${busy}>${t('settings.delete-do')}</button></${Part}>`;
}
