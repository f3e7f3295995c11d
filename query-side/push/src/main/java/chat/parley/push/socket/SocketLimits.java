package chat.parley.push.socket;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What one socket, user or address may ask of the push tier. {@code parley.limits.enabled=false} switches off all that
 * are a rate, and {@code waitingPerAddress}.
 *
 * @param maxInFlight          unanswered frames of one socket, past which it is read no further
 * @param messagesPerSecond    entries one socket makes, for long; five times as many may come at once. Past it the socket
 *                             is read more slowly
 * @param userMessagesPerSecond the same for all sockets of one user
 * @param framesPerSecond      the same for frames of any type of one socket
 * @param errorsPerSecond      frames of one socket that are none of this protocol, or say whom it is with a bad token, past
 *                             which it is closed as abusive; what is refused for other reasons does not count
 * @param typingSeconds        at most one {@code typing} per so many seconds, conversation and socket is passed on
 * @param waitingPerAddress    sockets of one address (IPv6: its first 64 bits) that have not said {@code hello} yet; the
 *                             first of more is closed
 * @param socketsPerUser       devices of one user that are connected to one node at once; the least active of more is
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
    /** How many seconds' worth may come at once after a pause. */
    public static final int BURST_SECONDS = 5;
}
