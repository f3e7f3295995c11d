/** Proofs that need nothing but the entry and a policy, as C2SP's tlog-proof defines them. */
@NullMarked
package chat.parley.transparency.proof;

import org.jspecify.annotations.NullMarked;
