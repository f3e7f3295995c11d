package chat.parley.load.protocol;

import org.jspecify.annotations.Nullable;

/** A frame of the server, with the fields that the load client uses. */
public sealed interface ReceivedFrame {
    record Welcome(String user, int heartbeatSeconds, int offlineAfterSeconds) implements ReceivedFrame {}

    /** @param position 0 if the acknowledged frame stores nothing */
    record Ack(String ref, long position) implements ReceivedFrame {}

    /**
     * @param contentHash of kind, sender, user and text
     * @param tag         of the clientMessageId, see {@link MessageIds}; 0 for none
     * @param cursor      absent in a backlog
     */
    record Entry(
            String conversation,
            long position,
            long contentHash,
            long tag,
            @Nullable String cursor) implements ReceivedFrame {}

    record CaughtUp(String cursor) implements ReceivedFrame {}

    record State(boolean resync) implements ReceivedFrame {}

    record GoAway(long reconnectAfterMs, @Nullable String url) implements ReceivedFrame {}

    record Refusal(@Nullable String ref, String code, long retryAfterMs) implements ReceivedFrame {}

    /** The state of a watched user. */
    record Presence(String user, String status) implements ReceivedFrame {
        public boolean isOffline() {
            return status.equals("offline");
        }
    }

    /** Heartbeats, typing, and frame types of later servers. */
    record Other(String type) implements ReceivedFrame {
        public boolean isHeartbeat() {
            return type.equals("heartbeat");
        }
    }
}
