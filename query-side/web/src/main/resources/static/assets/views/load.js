// What the node that serves this page does, from its meters.
import { useEffect, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { t } from '../i18n/texts.js';
import { Sparkline } from '../components/sparkline.js';
import { metersIn } from '../model/meters.js';

const EVERY_MS = 2000;
const SAMPLES = 90;

const GAUGES = { sessions: 'parley_sessions', lag: 'parley_projection_lag_events', 'search-lag': 'parley_search_lag_events' };
const RATES = { messages: 'parley_messages_accepted_total', deliveries: 'parley_deliveries_total' };

/** Nothing where the meters are served to operators only. */
export function Load({ app }) {
  const [samples, setSamples] = useState([]);
  useEffect(() => {
    let timer;
    let ended = false;
    const sample = async () => {
      const answer = await fetch('/actuator/prometheus', { headers: { Authorization: `Bearer ${await app.client.token()}` } }).catch(() => null);
      if (!ended && answer?.ok) {
        const meters = metersIn(await answer.text());
        setSamples((before) => [...before.slice(1 - SAMPLES), { at: Date.now(), meters }]);
        timer = setTimeout(sample, EVERY_MS);
      }
    };
    sample();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, []);
  if (samples.length === 0) {
    return null;
  }
  const gauges = Object.entries(GAUGES).filter(([, meter]) => samples.at(-1).meters.has(meter));
  return html`<div class="card wide"><h3>${t('admin.load')}</h3><div class="columns">
    ${gauges.map(([name, meter]) => html`<${Sparkline} key=${name} label=${t(`admin.${name}`)} values=${samples.map(({ meters }) => meters.get(meter) ?? 0)} />`)}
    ${Object.entries(RATES).map(([name, meter]) => html`<${Sparkline} key=${name} label=${t(`admin.${name}`)} unit="/s" values=${rates(samples, meter)} />`)}
  </div></div>`;
}

function rates(samples, meter) {
  return samples.slice(1).map(({ at, meters }, i) => Math.max(0, ((meters.get(meter) ?? 0) - (samples[i].meters.get(meter) ?? 0)) / ((at - samples[i].at) / 1000)));
}
