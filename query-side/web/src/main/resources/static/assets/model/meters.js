// The meters of the node that serves this page, in the text format of Prometheus.

const SAMPLE = /^(parley_\w+)(?:\{[^}]*\})? ([-+\d.eE]+|NaN)$/;

/** The sum of the samples of each meter of Parley, by its name. @param {string} text */
export function metersIn(text) {
  const meters = new Map();
  for (const line of text.split('\n')) {
    const sample = SAMPLE.exec(line.trim());
    const value = sample ? Number(sample[2]) : NaN;
    if (Number.isFinite(value)) {
      meters.set(sample[1], (meters.get(sample[1]) ?? 0) + value);
    }
  }
  return meters;
}
