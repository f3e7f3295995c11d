package chat.parley.load.protocol;

import chat.parley.load.metrics.SendStamps;
import org.jspecify.annotations.Nullable;

/** What a server says over the socket, as far as a load client wants to know it. */
public sealed interface ServerFrame {
    record Welcome(String user, int heartbeatSeconds, int offlineAfterSeconds) implements ServerFrame {}

    /** @param position 0 where the frame that is answered stores nothing */
    record Ack(String ref, long position) implements ServerFrame {}

    /**
     * @param said   hash of kind, sender, user and text
     * @param stamp  the low bits of the clientMessageId, by which {@link SendStamps} knows when it was sent; 0 for none
     * @param cursor absent in a backlog
     */
    record Entry(
            String conversation,
            long position,
            long said,
            long stamp,
            @Nullable String cursor) implements ServerFrame {}

    record CaughtUp(String cursor) implements ServerFrame {}

    record State(boolean resync) implements ServerFrame {}

    record GoAway(long reconnectAfterMs, @Nullable String url) implements ServerFrame {}

    record Refusal(@Nullable String ref, String code, long retryAfterMs) implements ServerFrame {}

    /** How somebody is whom the session watches. */
    record Presence(String user, String status) implements ServerFrame {
        public boolean isOffline() {
            return status.equals("offline");
        }
    }

    /** Heartbeats, typing, and whatever else a later server may say. */
    record Other(String type) implements ServerFrame {
        public boolean isHeartbeat() {
            return type.equals("heartbeat");
        }
    }
}
