// What the nodes do: small charts for each node that answered lately. Behind a balancer these are several.
import { useEffect, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { t } from '../i18n/texts.js';
import { Sparkline } from '../components/sparkline.js';
import { repeatInBackground } from '../model/repeat.js';

const EVERY_MS = 2000;
const SHOWN_MS = 3 * 60_000;

/** The names of the charts with the fields of the answer. */
const GAUGES = { sessions: 'sessions', lag: 'projectionLagEvents', 'search-lag': 'searchLagEvents' };
const RATES = { messages: 'messagesAccepted', deliveries: 'deliveries' };

export function Load({ app }) {
  const [samples, setSamples] = useState([]);
  useEffect(() => {
    let timer;
    let ended = false;
    const sample = async () => {
      const load = await repeatInBackground(() => app.client.request('GET', '/load'), () => ended);
      if (!ended && load) {
        setSamples((before) => [...before.filter(({ at }) => Date.now() - at < SHOWN_MS), { at: Date.now(), ...load }]);
        timer = setTimeout(sample, EVERY_MS);
      }
    };
    sample();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, []);
  const nodes = [...new Set(samples.map(({ node }) => node))].sort();
  return nodes.map((node) => html`<${Node} key=${node} node=${node} samples=${samples.filter((sample) => sample.node === node)} />`);
}

function Node({ node, samples }) {
  const known = (charts) => Object.entries(charts).filter(([, field]) => samples.at(-1)[field] !== null);
  return html`<div class="card wide"><h3>${t('admin.load')} <span class="faint">${node}</span></h3><div class="columns">
    ${known(GAUGES).map(([name, field]) => html`<${Sparkline} key=${name} label=${t(`admin.${name}`)} values=${samples.map((sample) => sample[field] ?? 0)} />`)}
    ${known(RATES).map(([name, field]) => html`<${Sparkline} key=${name} label=${t(`admin.${name}`)} unit="/s" values=${rates(samples, field)} />`)}
  </div></div>`;
}

/** A count that fell is that of a node that was started again. */
function rates(samples, field) {
  return samples.slice(1).map((sample, i) => Math.max(0, ((sample[field] ?? 0) - (samples[i][field] ?? 0)) / ((sample.at - samples[i].at) / 1000)));
}
