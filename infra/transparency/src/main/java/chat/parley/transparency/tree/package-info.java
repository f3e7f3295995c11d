/** The hash trees of RFC 9162, section 2.1, with SHA-256: hashes, roots, and proofs of inclusion and consistency. */
@NullMarked
package chat.parley.transparency.tree;

import org.jspecify.annotations.NullMarked;
