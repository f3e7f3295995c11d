/**
 * The tiles that a log's tree is stored and served as, as C2SP's tlog-tiles defines them. There are no entry bundles,
 * because ours would name conversations and people.
 *
 * <pre>
 * tile/L/N      256 hashes of subtrees with 256^L leaves
 * tile/L/N.p/W  the first W of them, at the right edge of a tree
 * </pre>
 */
@NullMarked
package chat.parley.transparency.tile;

import org.jspecify.annotations.NullMarked;
