// Counts over time as bars, and as a table for those who cannot see them.
import { html } from 'htm/preact';

const HEIGHT = 120;

/** In parts of 100: one bar alone does not fill the chart. */
const WIDEST = 8;

/** @param {{label: string, bars: {key: string, title: string, count: number}[], onPick?: (key: string) => void}} props */
export function Bars({ label, bars, onPick }) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const width = Math.min(WIDEST, 100 / Math.max(1, bars.length));
  return html`<figure class="bars">
    <svg viewBox=${`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${label}>${bars.map((bar, i) => {
      const height = (bar.count / most) * (HEIGHT - 4);
      return html`<rect key=${bar.key} x=${i * width} y=${HEIGHT - height} width=${width * 0.86} height=${height} onClick=${() => onPick?.(bar.key)}><title>${bar.title}: ${bar.count}</title></rect>`;
    })}</svg>
    <figcaption class="line"><span>${bars[0]?.title}</span><span class="grow"></span>${bars.length > 1 && html`<span>${bars.at(-1).title}</span>`}</figcaption>
    <div class="unseen"><table><caption>${label}</caption><tbody>${bars.map((bar) => html`<tr key=${bar.key}><th scope="row">${bar.title}</th><td>${bar.count}</td></tr>`)}</tbody></table></div>
  </figure>`;
}
