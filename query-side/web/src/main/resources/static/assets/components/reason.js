// Why somebody looks at what is not theirs: asked once, sent with each request, recorded for good.
import { html } from 'htm/preact';
import { t } from '../i18n/texts.js';

const MOST = 500;

/** @param {{value: string, onChange: (reason: string) => void}} props */
export function Reason({ value, onChange }) {
  return html`<label>${t('reason.field')}<input required maxlength=${MOST} value=${value} onInput=${(event) => onChange(event.target.value)} aria-describedby="reason-hint" /></label>
    <p id="reason-hint" class="hint">${t('reason.hint')}</p>`;
}
