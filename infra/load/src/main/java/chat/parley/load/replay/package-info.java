/** Replays of recorded conversations in their original order, with connections cut on purpose. */
@NullMarked
package chat.parley.load.replay;

import org.jspecify.annotations.NullMarked;
