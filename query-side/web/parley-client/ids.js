/** @param {number} bytes */
function randomHex(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (b) => b.toString(16).padStart(2, '0')).join('');
}

/** A random device id. Unlike `crypto.randomUUID`, it also works on pages without https. */
export function newDevice() {
  return `web-${randomHex(12)}`;
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
