package chat.parley.push.socket;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of one socket, user or address. {@code parley.limits.enabled=false} switches off all rates, and {@code
 * waitingPerAddress}.
 *
 * @param maxInFlight          unanswered requests of one socket, past which it is read no further
 * @param messagesPerSecond    entries that one socket makes, on average; five times as many may come at once. Past it the
 *                             socket is read more slowly
 * @param userMessagesPerSecond the same for all sockets of one user
 * @param framesPerSecond      the same for frames of any type of one socket
 * @param errorsPerSecond      frames of one socket that break the protocol or bring a bad token, past which it is closed
 *                             as abusive; frames that are refused for other reasons do not count
 * @param typingSeconds        at most one {@code typing} per conversation and socket is sent on in so many seconds
 * @param waitingPerAddress    sockets of one address (IPv6: its first 64 bits) that have not sent {@code hello} yet; of
 *                             more, the oldest is closed
 * @param socketsPerUser       devices of one user that are connected to one node at once; of more, the least active is
 *                             closed
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
    /** How many seconds of a rate may come at once after a pause. */
    public static final int BURST_SECONDS = 5;
}
