// Checks a proof of the transparency log in the browser: C2SP's tlog-proof, an inclusion proof of RFC 9162, and the
// Ed25519 signature of its checkpoint. Nothing the server says is believed, except its public key.

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
const LABEL = 'parley-event/v1\n';
const ED25519 = 0x01;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** @param {string} text in base64 */
const bytesOf = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const joined = (/** @type {Uint8Array[]} */ ...parts) => {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};
const sha256 = async (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const node = (/** @type {Uint8Array} */ left, /** @type {Uint8Array} */ right) => sha256(joined(Uint8Array.of(1), left, right));
const equal = (/** @type {Uint8Array} */ a, /** @type {Uint8Array} */ b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

class ProofError extends Error {
  /** @param {string} code of the text that says what is wrong */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const require = (/** @type {boolean} */ holds, /** @type {string} */ code) => {
  if (!holds) {
    throw new ProofError(code);
  }
};

/**
 * @param {string} proof a `.tlog-proof`
 * @param {string} key the log's verifier key, as the server's `/transparency/key` says it
 * @returns {Promise<{index: number, size: number, origin: string, record: ReturnType<typeof readRecord>}>} what is proved
 * @throws {ProofError} whose code is `proof-malformed`, `proof-signature` or `proof-path`
 */
export async function checkProof(proof, key) {
  const end = proof.indexOf('\n\n');
  const lines = proof.slice(0, end).split('\n');
  require(end > 0 && lines[0] === FIRST_LINE && lines[1]?.startsWith('extra ') && lines[2]?.startsWith('index '), 'proof-malformed');
  const record = bytesOf(lines[1].slice('extra '.length));
  const index = Number(lines[2].slice('index '.length));
  const path = lines.slice(3).map(bytesOf);
  const { origin, size, root } = await checkCheckpoint(proof.slice(end + 2), key);
  require(await includes(await sha256(joined(Uint8Array.of(0), record)), index, size, path, root), 'proof-path');
  const read = readRecord(record);
  require(read.index === index, 'proof-path');
  return { index, size, origin, record: read };
}

/** A signed note of three lines: origin, size and root hash. */
async function checkCheckpoint(note, key) {
  const [name, , encodedKey] = /^(.+)\+([0-9a-f]{8})\+(.+)$/.exec(key.trim())?.slice(1) ?? [];
  require(encodedKey !== undefined, 'proof-malformed');
  const keyBytes = bytesOf(encodedKey);
  require(keyBytes[0] === ED25519, 'proof-malformed');
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const [origin, size, root] = text.split('\n');
  const id = (await sha256(joined(encoder.encode(`${name}\n`), keyBytes))).slice(0, 4);
  const signatures = note.slice(end + 2).split('\n').map((line) => /^— (\S+) (\S+)$/.exec(line)).filter((line) => line?.[1] === name).map((line) => bytesOf(line[2]));
  const own = signatures.find((signature) => equal(signature.slice(0, 4), id));
  require(own !== undefined && origin === name, 'proof-signature');
  const publicKey = await crypto.subtle.importKey('raw', keyBytes.slice(1), 'Ed25519', false, ['verify']);
  require(await crypto.subtle.verify('Ed25519', publicKey, own.slice(4), encoder.encode(text)), 'proof-signature');
  return { origin, size: Number(size), root: bytesOf(root) };
}

/** RFC 9162, 2.1.3.2. */
async function includes(leaf, index, size, path, root) {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    return false;
  }
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (sn === 0) {
      return false;
    }
    if (fn % 2 === 1 || fn === sn) {
      hash = await node(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = await node(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equal(hash, root);
}

/** The record that the log commits to. */
function readRecord(bytes) {
  require(decoder.decode(bytes.slice(0, LABEL.length)) === LABEL, 'proof-malformed');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = LABEL.length;
  const number = () => {
    const value = Number(view.getBigInt64(at));
    at += 8;
    return value;
  };
  const text = () => {
    const length = view.getUint16(at);
    const value = decoder.decode(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
    return value;
  };
  const index = number();
  const sequence = number();
  const millis = number();
  const [type, revision, aggregateType, aggregate, event] = [text(), text(), text(), text(), text()];
  return { index, sequence, at: new Date(millis).toISOString(), type, revision, aggregateType, aggregate, event };
}
