/**
 * The tiles and entry bundles that a log's tree is stored and served as, as C2SP's tlog-tiles defines them, with
 * pruning.
 *
 * <pre>
 * tile/L/N            256 hashes of subtrees with 256^L leaves
 * tile/L/N.p/W        the first W of them, at the right edge of a tree
 * tile/entries/N      256 entries, each after its length
 * tile/entries/N.p/W  the first W of them
 * </pre>
 */
@NullMarked
package chat.parley.transparency.tile;

import org.jspecify.annotations.NullMarked;
