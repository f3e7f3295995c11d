/**
 * The delivery of events to the subscribers of this node: {@link chat.parley.push.fanout.Fanout} delivers live, and
 * {@link chat.parley.push.fanout.CatchUpSubscription} brings a subscriber to the live flow. One thread follows the
 * feed, each catching-up subscriber has a virtual thread, and {@link chat.parley.push.fanout.CombiningLock} admits one
 * of them at a time to the fan-out. Nothing under that lock does I/O. Depends on the package {@code socket}.
 */
@NullMarked
package chat.parley.push.fanout;

import org.jspecify.annotations.NullMarked;
