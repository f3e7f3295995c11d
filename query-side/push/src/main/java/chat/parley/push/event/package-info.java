/**
 * The events of the feed in memory, the newest of them buffered, and the frames that are encoded from them. What is guarded
 * here is guarded by the lock of the fan-out.
 */
@NullMarked
package chat.parley.push.event;

import org.jspecify.annotations.NullMarked;
