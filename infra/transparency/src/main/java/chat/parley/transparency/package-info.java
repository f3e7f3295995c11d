/**
 * Transparency logs: hash trees, signed checkpoints, tiles, proofs, witnesses and trust policies. The formats are
 * C2SP's (signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles, tlog-proof, tlog-policy, tlog-witness), the trees
 * RFC 9162's. Only {@code entry} is Parley's own: the record of an event that a leaf hashes.
 *
 * <p>The library needs nothing but Java 17, so that an offline verifier runs on any machine. ML-DSA-44 needs Java 24.
 *
 * <p>Whatever comes from outside is read strictly: one encoding of each value, nothing after the end, and bounds for
 * every size and count. Every failure is a {@link chat.parley.transparency.TransparencyException} with a
 * {@link chat.parley.transparency.Reason}; failures of storage are {@link java.io.UncheckedIOException}s.
 */
@NullMarked
package chat.parley.transparency;

import org.jspecify.annotations.NullMarked;
