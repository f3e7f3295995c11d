// A new password by a code, which came by mail or from an admin.
import { useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { t } from '../i18n/texts.js';
import { ProblemNote, useAction } from '../components/common.js';

/** @param {{client: any, onDone: (username: string) => void}} props */
export function Reset({ client, onDone }) {
  const [username, setUsername] = useState('');
  const [asked, setAsked] = useState(false);
  const { run, busy, problem } = useAction();
  const submit = (event) => {
    event.preventDefault();
    const { code, password } = event.target.elements;
    run(async () => {
      await client.resetPassword({ username: username.trim(), code: code.value.trim(), newPassword: password.value });
      onDone(username.trim());
    });
  };
  return html`<form class="stack" onSubmit=${submit}>
    <p class="hint">${t('reset.hint')}</p>
    <label>${t('field.username')}<input name="username" autocomplete="username" autocapitalize="none" spellcheck=${false} required maxlength="64" value=${username} onInput=${(event) => setUsername(event.target.value)} /></label>
    <button type="button" class="quiet" disabled=${busy || !username.trim()} onClick=${() => run(async () => {
      await client.askForReset(username.trim());
      setAsked(true);
    })}>${t('reset.ask')}</button>
    ${asked && html`<p class="hint" role="status">${t('reset.asked')}</p>`}
    <label>${t('reset.code')}<input name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck=${false} required maxlength="200" /></label>
    <label>${t('settings.new')}<input name="password" type="password" autocomplete="new-password" required minlength="8" aria-describedby="password-hint" /></label>
    <p id="password-hint" class="hint">${t('field.password-hint')}</p>
    <${ProblemNote} problem=${problem} />
    <button type="submit" disabled=${busy}>${t('settings.change')}</button>
  </form>`;
}
