/**
 * The archive of exported events and its verification, which needs nothing but a JDK 17 and the log's public key.
 *
 * <h2>The archive</h2>
 *
 * A zip file without compression whose bytes follow from its contents: entries in this order, all with the time
 * 1980-01-01T00:00:00, as {@link java.util.zip.ZipOutputStream} writes them.
 *
 * <pre>
 * README.txt         for people
 * log.key            the log's verifier key, of C2SP's signed-note. Compare it with the key that the operator publishes.
 * checkpoint         the signed checkpoint that all events are proven under, of C2SP's tlog-checkpoint
 * predecessor        only of a log that continues another one: the proof of its first leaf, which commits to the last
 *                    head of the log before, of C2SP's tlog-proof; its extra data is the entry
 * events.ndjson.gz   one JSON object for each event, in ascending order of the index:
 *                    record    the entry of the log in base64; absent if the salt was shredded
 *                    index     absent if there is a record
 *                    payload   the stored payload as text
 *                    metadata  an object of texts
 * tile/…             the hashes that lead from the events to the checkpoint, of C2SP's tlog-tiles
 * manifest           a signed note under the log's key that names the origin, the range, the selection, the number of
 *                    events, the SHA-256 of each entry before the tiles, and one hash of all tiles
 * </pre>
 */
@NullMarked
package chat.parley.verify;

import org.jspecify.annotations.NullMarked;
