/**
 * Presence: {@link chat.parley.push.presence.DevicePresenceTracker} turns connections into presence commands, and
 * {@link chat.parley.push.presence.PresenceSubscriptions} publishes presences to the subscribers that watch them.
 * Presence events come on the thread of the feed, ticks on the session timer, queries and commands run on virtual
 * threads. Depends on the package {@code fanout}.
 */
@NullMarked
package chat.parley.push.presence;

import org.jspecify.annotations.NullMarked;
