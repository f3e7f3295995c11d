// Logging in and signing up.
import { useEffect, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { t } from '../i18n/texts.js';
import { ProblemNote, useAction } from '../components/common.js';
import { lazy } from '../lazy.js';

const Reset = lazy(() => import('./reset.js'), 'Reset');

/** What somebody without a session may do here. */
const TURNS = ['login', 'signup', 'reset'];

export function LoginView({ app }) {
  const [doing, setDoing] = useState('login');
  const [changed, setChanged] = useState(false);
  const signingUp = doing === 'signup';
  const [{ passwords, issuer, demo }, setOptions] = useState({ passwords: true, issuer: null, demo: [] });
  const { run, busy, problem, clear } = useAction();
  useEffect(() => {
    run(async () => {
      const answer = new URLSearchParams(location.search);
      if (answer.has('state')) {
        history.replaceState(null, '', '/');
        await app.client.finishLogIn(answer);
        app.entered();
      } else {
        setOptions(await app.client.loginOptions());
      }
    });
  }, []);
  const enterAt = (event) => {
    event.preventDefault();
    app.stayLoggedIn(event.target.elements.stay.checked);
    run(async () => location.assign(await app.client.beginLogIn(issuer, `${location.origin}/log-in`)));
  };
  const enter = (credentials) => run(async () => {
    await app.client.logIn(credentials);
    app.entered();
  });
  const submit = (event) => {
    event.preventDefault();
    const { username, password, displayName, stay } = event.target.elements;
    run(async () => {
      app.stayLoggedIn(stay.checked);
      if (signingUp) {
        await app.client.signUp({ username: username.value, password: password.value, displayName: displayName.value.trim() || username.value.trim() });
      }
      await app.client.logIn({ username: username.value, password: password.value });
      app.entered();
    });
  };
  if (!passwords) {
    return html`<main class="login"><form class="card" onSubmit=${enterAt}>
      <h1><img src="/favicon.svg" alt="" width="36" height="36" /> Parley</h1>
      ${issuer ? html`<label class="check"><input name="stay" type="checkbox" /> ${t('login.stay')}</label>
        <${ProblemNote} problem=${problem} /><button type="submit" disabled=${busy}>${t('login.at', { issuer: new URL(issuer.issuer).host })}</button>`
        : html`<p>${t('login.elsewhere')}</p>`}</form></main>`;
  }
  const turnTo = (next) => () => {
    setDoing(next);
    setChanged(false);
    clear();
  };
  return html`<main class="login"><div class="doors">
    <section class="card" aria-labelledby="login-title">
      <h1><img src="/favicon.svg" alt="" width="36" height="36" /> Parley</h1>
      <h2 id="login-title">${t(`${doing}.title`)}</h2>
      ${doing === 'reset' ? html`<${Reset} client=${app.client} onDone=${() => {
        setDoing('login');
        setChanged(true);
      }} />` : html`<form class="stack" onSubmit=${submit}>
        <p role="status">${changed ? t('settings.changed') : app.ended ? t('app.ended') : ''}</p>
        <label>${t('field.username')}<input name="username" autocomplete="username" autocapitalize="none" spellcheck=${false} required maxlength="64" /></label>
        <label>${t('field.password')}<input name="password" type="password" autocomplete=${signingUp ? 'new-password' : 'current-password'} required minlength=${signingUp ? 8 : undefined} aria-describedby=${signingUp ? 'password-hint' : undefined} /></label>
        ${signingUp && html`<p id="password-hint" class="hint">${t('field.password-hint')}</p>
          <label>${t('field.display-name')}<input name="displayName" autocomplete="nickname" maxlength="100" aria-describedby="display-name-hint" /></label>
          <p id="display-name-hint" class="hint">${t('field.display-name-hint')}</p>`}
        <label class="check"><input name="stay" type="checkbox" /> ${t('login.stay')}</label>
        <${ProblemNote} problem=${problem} />
        <button type="submit" disabled=${busy}>${t(`${doing}.submit`)}</button>
      </form>`}
      ${TURNS.filter((next) => next !== doing).map((next) => html`<button key=${next} type="button" class="quiet" onClick=${turnTo(next)}>${t(`${next}.turn`)}</button>`)}
    </section>
    ${demo.length > 0 ? html`<section class="card" aria-labelledby="demo-title">
      <h2 id="demo-title">${t('demo.title')}</h2><p class="hint">${t('demo.hint')}</p>
      <ul class="people">${demo.map((person) => html`<li key=${person.username}><button type="button" class="row-button" disabled=${busy} onClick=${() => enter(person)}>
        <strong class="grow">${person.displayName}</strong><span class="hint">${t(`demo.${person.roles.at(0) ?? 'member'}`)}</span></button></li>`)}</ul></section>` : null}</div>
    ${demo.length === 0 && html`<p class="hint">${t('login.hint')}</p>`}
    <nav class="hint" aria-label=${t('nav.docs')}><a href="/swagger-ui.html">REST (OpenAPI)</a> · <a href="/asyncapi.yaml">WebSocket (AsyncAPI)</a></nav>
  </main>`;
}
