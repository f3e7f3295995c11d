// Views are loaded when they are first needed.
import { useLayoutEffect, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { t } from './i18n/texts.js';

/** @param {() => Promise<any>} load @param {string} name of the component in the module */
export function lazy(load, name) {
  let Loaded = null;
  return function Lazy(props) {
    const [, draw] = useState(0);
    const [failed, setFailed] = useState(false);
    // Before the first drawing is shown, which takes a while.
    useLayoutEffect(() => {
      if (!Loaded) {
        load().then((module) => {
          Loaded = module[name];
          draw(1);
        }, () => setFailed(true));
      }
    }, []);
    if (failed) {
      return html`<p class="problem" role="alert">${t('problem.unreachable')} <button type="button" class="link" onClick=${() => location.reload()}>${t('message.retry')}</button></p>`;
    }
    return Loaded ? html`<${Loaded} ...${props} />` : html`<p class="hint pad" role="status">${t('loading')}</p>`;
  };
}
