/**
 * The canonical record of an event: the entry of the log whose RFC 9162 leaf hash is in the tree. It commits to what is
 * stored of an event and contains none of its payload or metadata. Its salt is part of it: a log may show its hash tiles
 * to everyone, but records only to those who may know of the events.
 *
 * <h2>Encoding</h2>
 *
 * All integers are big-endian and unsigned. A <i>text</i> is a two-byte length and so many bytes of valid UTF-8, at most
 * 1,024. The fields follow each other without padding, and nothing follows the last one.
 *
 * <pre>
 * 16 bytes   label        ASCII "parley-event/v1" and one newline (0x0A)
 *  8 bytes   index        number of the event in the whole event store, below 2^63
 *  8 bytes   sequence     number of the event in its aggregate, below 2^63
 *  8 bytes   time         milliseconds since 1970-01-01T00:00:00Z, below 2^63
 *  text      type         payload type under which the event is stored; not empty
 *  text      revision     revision of the payload; empty if it has none
 *  text      kind         type of the aggregate; empty if the event has none
 *  text      aggregate    identifier of the aggregate; not empty
 *  text      event        identifier of the event; not empty
 * 32 bytes   payload      SHA-256 of the payload's bytes as they are stored
 * 32 bytes   metadata     SHA-256 of the canonical metadata
 * 16 bytes   salt         random; whoever does not know it cannot guess an entry from its leaf hash
 * </pre>
 *
 * <p>Another version has another label. The canonical metadata are:
 *
 * <pre>
 * 19 bytes   label        ASCII "parley-metadata/v1" and one newline (0x0A)
 *  4 bytes   count        number of pairs
 *  for each pair, in ascending order of the keys' bytes, which are compared as unsigned numbers; no key twice:
 *  4 bytes   length of the key, then the key in UTF-8
 *  4 bytes   length of the value, then the value in UTF-8
 * </pre>
 *
 * <p>The first leaf of a log that continues another one, after a migration or a restore, is the hash of another entry:
 *
 * <pre>
 * 16 bytes   label        ASCII "parley-epoch/v1" and one newline (0x0A)
 *  text      checkpoint   the last checkpoint of the log before: origin, size and root, without signatures
 * 32 bytes   record       RFC 9162 leaf hash of the record of event 0
 * </pre>
 *
 * <p>All encodings are unambiguous: each field has a fixed length or is after its length, so that different records
 * have different bytes, and the label keeps records and metadata apart.
 */
@NullMarked
package chat.parley.transparency.entry;

import org.jspecify.annotations.NullMarked;
