// Archives of stored events that the server makes while the auditor does something else.
import { useEffect, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { full, momentOf, t } from '../i18n/texts.js';
import { download } from '../components/download.js';
import { ProblemNote, useAction } from '../components/common.js';
import { ConversationField, PersonField } from '../components/subjects.js';

const REFRESH_MS = 1000;
const FORMATS = ['', 'rsmf', 'eml', 'slack'];
const TEXTS = ['q', 'format'];
const MOMENTS = ['from', 'to'];

export function Exports({ app }) {
  const { client } = app;
  const [exports, setExports] = useState([]);
  const [conversation, setConversation] = useState('');
  const [person, setPerson] = useState(null);
  const { run, busy, problem } = useAction();
  const load = async () => setExports(await client.request('GET', '/audit/exports'));
  useEffect(() => {
    run(load);
  }, []);
  const running = exports.some((each) => each.state === 'running');
  useEffect(() => {
    if (!running) {
      return undefined;
    }
    const timer = setInterval(() => run(load), REFRESH_MS);
    return () => clearInterval(timer);
  }, [running]);

  const order = (event) => {
    event.preventDefault();
    const { elements } = event.target;
    const value = (name) => elements[name].value.trim() || undefined;
    const body = Object.fromEntries([
      ...TEXTS.map((name) => [name, value(name)]),
      ...MOMENTS.map((name) => [name, momentOf(elements[name].value)]),
      ['conversation', conversation.trim() || undefined],
      ['user', person?.id],
      ['reason', app.reason],
    ]);
    run(async () => {
      await client.request('POST', '/audit/exports', { body });
      await load();
    });
  };

  return html`<form class="card wide" onSubmit=${order}>
      <p class="hint">${t('exports.hint')}</p>
      <div class="columns"><${ConversationField} app=${app} value=${conversation} onChange=${setConversation} /><${PersonField} app=${app} label=${t('audit.concerns')} person=${person} onChange=${setPerson} />
        <label>${t('exports.query')}<input name="q" maxlength="1000" /></label>
        <label>${t('audit.from')}<input name="from" type="datetime-local" /></label><label>${t('audit.to')}<input name="to" type="datetime-local" /></label>
        <label>${t('exports.format')}<select name="format">${FORMATS.map((format) => html`<option key=${format} value=${format}>${format ? format.toUpperCase() : t('exports.events-only')}</option>`)}</select></label></div>
      <div class="row"><button type="submit" disabled=${busy}>${t('exports.order')}</button></div></form>
    <${ProblemNote} problem=${problem} />
    ${exports.map((each) => html`<${Export} key=${each.id} client=${client} report=${each} run=${run} onChange=${load} />`)}`;
}

function Export({ client, report, run, onChange }) {
  const path = `/audit/exports/${encodeURIComponent(report.id)}`;
  const name = `${full(report.begun)}, ${t('exports.events', { n: report.events })}${report.format ? `, ${report.format.toUpperCase()}` : ''}`;
  return html`<section class="card wide" aria-label=${name}>
    <p><strong>${name}</strong> · ${t(`exports.${report.state}`, { why: report.failure ?? '' }, report.state)}</p>
    ${report.state === 'running' && html`<progress max="100" value=${report.percent} aria-label=${name}></progress>
      <p class="hint">${report.percent} % · ${report.eventsPerSecond}/s${report.secondsLeft === undefined ? '' : ` · ${t('exports.left', { n: report.secondsLeft })}`}</p>`}
    ${report.kept && html`<p class="hint">${t('exports.kept', { when: full(report.kept) })}</p>`}
    <div class="row">${report.state === 'done' && html`<button type="button" onClick=${() => run(() => download(client, `${path}/archive`, {}, 'export.zip'))}>${t('exports.download')}</button>`}
      <button type="button" class="quiet" onClick=${() => run(async () => {
        await client.request('DELETE', path);
        await onChange();
      })}>${t(report.state === 'running' ? 'cancel' : 'remove')}</button></div></section>`;
}
