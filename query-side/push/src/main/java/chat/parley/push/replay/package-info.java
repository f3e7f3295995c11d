/** Plays conversations back to auditors in the frames that a member received. */
@NullMarked
package chat.parley.push.replay;

import org.jspecify.annotations.NullMarked;
