package chat.parley.load.protocol;

import org.jspecify.annotations.Nullable;

/** What a server says over the socket, as far as a load client wants to know it. */
public sealed interface ReceivedFrame {
    record Welcome(String user, int heartbeatSeconds, int offlineAfterSeconds) implements ReceivedFrame {}

    /** @param position 0 where the frame that is answered stores nothing */
    record Ack(String ref, long position) implements ReceivedFrame {}

    /**
     * @param contentHash   hash of kind, sender, user and text
     * @param tag  the low bits of the clientMessageId, which say when it was sent; 0 for none
     * @param cursor absent in a backlog
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

    /** How somebody is whom the session watches. */
    record Presence(String user, String status) implements ReceivedFrame {
        public boolean isOffline() {
            return status.equals("offline");
        }
    }

    /** Heartbeats, typing, and whatever else a later server may say. */
    record Other(String type) implements ReceivedFrame {
        public boolean isHeartbeat() {
            return type.equals("heartbeat");
        }
    }
}
