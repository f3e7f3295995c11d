/** @param {number} bytes */
function randomHex(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (b) => b.toString(16).padStart(2, '0')).join('');
}

/** The first that occurs in the user agent's name counts: many browsers name others too. @type {[string, RegExp][]} */
const BROWSERS = [
  ['edge', /Edg/], ['opera', /OPR/], ['samsung', /SamsungBrowser/], ['firefox', /Firefox|FxiOS/], ['chrome', /Chrom|CriOS/], ['safari', /Safari/],
];

/** @type {[string, RegExp][]} */
const SYSTEMS = [['android', /Android/], ['ios', /iPhone|iPad/], ['windows', /Windows/], ['macos', /Mac OS/], ['linux', /Linux|CrOS/]];

/**
 * A random device id. Unlike `crypto.randomUUID`, it also works on pages without https. In a browser it begins with the
 * names of browser and system, such as `firefox-linux-`, so that people know their devices in a list.
 */
export function newDevice(agent = globalThis.navigator?.userAgent ?? '') {
  const names = [BROWSERS, SYSTEMS].map((kinds) => kinds.find(([, pattern]) => pattern.test(agent))?.[0]);
  const kind = names.every(Boolean) ? names.join('-') : 'web';
  return `${kind}-${randomHex(12)}`;
}

let lastTime = 0;
let counter = 0;

/**
 * A UUIDv7. By its time the server recognises repeated messages without keeping all ids in memory. The ids of one program
 * sort in the order of their creation: within a millisecond, the 12 bits after the time count.
 */
export function newClientMessageId() {
  const now = Date.now();
  if (now > lastTime) {
    lastTime = now;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastTime++;
    counter = 0;
  }
  const time = lastTime.toString(16).padStart(12, '0');
  const random = randomHex(8);
  const variant = (8 + (parseInt(random[0], 16) % 4)).toString(16);
  const count = counter.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${variant}${random.slice(1, 4)}-${random.slice(4)}`;
}
