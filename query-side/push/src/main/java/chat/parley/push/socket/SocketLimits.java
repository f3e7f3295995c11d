package chat.parley.push.socket;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of one socket, user or address. {@code parley.limits.enabled=false} switches off all rates, and {@code
 * waitingPerAddress}.
 *
 * @param maxInFlight unanswered requests of one socket; it is not read while it has more
 * @param messagesPerSecond average rate of entries of one socket, with bursts of five times as many; above it the
 *     socket is read more slowly
 * @param userMessagesPerSecond the same for all sockets of one user
 * @param framesPerSecond the same for frames of any type of one socket
 * @param errorsPerSecond frames of one socket that violate the protocol or have an invalid token; above it the socket
 *     is closed as abusive. Frames that are refused for other reasons do not count
 * @param typingSeconds interval in which at most one {@code typing} per conversation and socket is forwarded
 * @param waitingPerAddress sockets of one address (IPv6: of its first 64 bits) that have not sent {@code hello}; above
 *     it the oldest is closed
 * @param socketsPerUser connected devices of one user on one node; above it the least active is closed
 */
@ConfigurationProperties("parley.limits.socket")
public record SocketLimits(
        @DefaultValue("32") int maxInFlight,
        @DefaultValue("20") int messagesPerSecond,
        @DefaultValue("60") int userMessagesPerSecond,
        @DefaultValue("100") int framesPerSecond,
        @DefaultValue("10") int errorsPerSecond,
        @DefaultValue("2") int typingSeconds,
        @DefaultValue("64") int waitingPerAddress,
        @DefaultValue("50") int socketsPerUser) {
    /** Number of seconds of a rate that may come at once after a pause. */
    public static final int BURST_SECONDS = 5;
}
