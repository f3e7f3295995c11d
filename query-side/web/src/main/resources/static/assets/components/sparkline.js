// A value over the last minutes as a line, with its newest value in words.
import { html } from 'htm/preact';

const WIDTH = 240;
const HEIGHT = 48;

/** @param {{label: string, values: number[], unit?: string}} props the oldest value first */
export function Sparkline({ label, values, unit = '' }) {
  const most = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map((value, i) => `${(i * step).toFixed(1)},${(HEIGHT - 2 - (value / most) * (HEIGHT - 4)).toFixed(1)}`).join(' ');
  const newest = values.length > 0 ? Math.round(values.at(-1) * 10) / 10 : 0;
  return html`<figure class="sparkline">
    <figcaption>${label}<strong> ${newest}${unit}</strong></figcaption>
    <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true"><polyline points=${points} /></svg></figure>`;
}
