/** Which checkpoints are trusted, as C2SP's tlog-policy defines it. */
@NullMarked
package chat.parley.transparency.policy;

import org.jspecify.annotations.NullMarked;
