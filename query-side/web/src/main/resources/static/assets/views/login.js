// Logging in and signing up.
import { useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { t } from '../i18n/texts.js';
import { ProblemNote, useAction } from '../components/common.js';

export function LoginView({ app }) {
  const [signingUp, setSigningUp] = useState(false);
  const { run, busy, problem, clear } = useAction();
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
  return html`<main class="login">
    <form class="card" onSubmit=${submit}>
      <h1><img src="/favicon.svg" alt="" width="36" height="36" /> Parley</h1>
      <h2>${t(signingUp ? 'signup.title' : 'login.title')}</h2>
      <label>${t('field.username')}<input name="username" autocomplete="username" autocapitalize="none" spellcheck=${false} required maxlength="64" /></label>
      <label>${t('field.password')}<input name="password" type="password" autocomplete=${signingUp ? 'new-password' : 'current-password'} required minlength="8" aria-describedby="password-hint" /></label>
      <p id="password-hint" class="hint">${t('field.password-hint')}</p>
      ${signingUp && html`<label>${t('field.display-name')}<input name="displayName" autocomplete="nickname" maxlength="100" aria-describedby="display-name-hint" /></label>
        <p id="display-name-hint" class="hint">${t('field.display-name-hint')}</p>`}
      <label class="check"><input name="stay" type="checkbox" /> ${t('login.stay')}</label>
      <${ProblemNote} problem=${problem} />
      <button type="submit" disabled=${busy}>${t(signingUp ? 'signup.submit' : 'login.submit')}</button>
      <button type="button" class="quiet" onClick=${() => {
        setSigningUp(!signingUp);
        clear();
      }}>${t(signingUp ? 'signup.to-login' : 'login.to-signup')}</button>
    </form>
    <p class="hint">${t('login.hint')}</p>
    <nav class="hint" aria-label=${t('nav.docs')}><a href="/swagger-ui.html">REST (OpenAPI)</a> · <a href="/asyncapi.yaml">WebSocket (AsyncAPI)</a></nav>
  </main>`;
}
