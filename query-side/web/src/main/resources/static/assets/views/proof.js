// The proof that a message stands in the transparency log, checked here.
import { useEffect, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { full, t } from '../i18n/texts.js';
import { Dialog, ProblemNote, useAction } from '../components/common.js';
import { checkProof } from '../model/proof.js';

/** @param {{app: any, path: string, query?: Record<string, unknown>, onClose: () => void}} props query is sent with the request for the proof */
export function Proof({ app, path, query, onClose }) {
  const [proved, setProved] = useState(null);
  const [text, setText] = useState('');
  const { run, busy, problem } = useAction();
  useEffect(() => {
    run(async () => {
      const [proof, key] = await Promise.all([app.client.request('GET', path, { query, as: 'text' }), fetch('/transparency/key').then((answer) => answer.text())]);
      setText(proof);
      setProved(await checkProof(proof, key));
    });
  }, [path]);
  return html`<${Dialog} title=${t('message.prove')} onClose=${onClose} wide>
    <p class="hint">${t('proof.what')}</p>
    <${ProblemNote} problem=${problem} />
    <p role="status">${busy ? t('loading') : proved && html`<strong>✓ ${t('proof.holds')}</strong>`}</p>
    ${proved && html`<dl class="shortcuts"><div><dt>${t('proof.event')}</dt><dd>${proved.record.type.split(/[.$]/).at(-1)} · ${full(proved.record.at)}</dd></div>
      <div><dt>${t('proof.index')}</dt><dd>${proved.index} / ${proved.size}</dd></div><div><dt>${t('proof.log')}</dt><dd><code>${proved.origin}</code></dd></div></dl>
      <footer><a class="button" download="message.tlog-proof" href=${`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}>${t('proof.save')}</a></footer>`}
  </${Dialog}>`;
}
