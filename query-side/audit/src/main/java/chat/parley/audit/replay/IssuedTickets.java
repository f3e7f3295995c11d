package chat.parley.audit.replay;

import chat.parley.api.RandomValues;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.audit.Replay;
import chat.parley.api.port.ReplayTickets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tickets in the memory of this node, each for one socket that comes soon. */
final class IssuedTickets implements ReplayTickets {
    static final Duration LIFETIME = Duration.ofMinutes(1);

    private static final int MAX_TICKETS = 1_000;
    private static final int BYTES = 32;

    private final Clock clock;
    private final Map<String, Ticket> tickets = new HashMap<>();

    IssuedTickets(Clock clock) {
        this.clock = clock;
    }

    /** @param expiresAt a socket has to come before */
    record Ticket(String value, Replay replay, Instant expiresAt) {
        /** The value admits to what nobody else may see. */
        @Override
        public String toString() {
            return "Ticket[" + expiresAt + "]";
        }
    }

    /** @throws Refused {@link Refusal#LIMIT_EXCEEDED} if too many tickets are unused */
    synchronized Ticket issue(Replay replay) {
        Instant now = clock.instant();
        tickets.values().removeIf(ticket -> !now.isBefore(ticket.expiresAt()));
        if (tickets.size() >= MAX_TICKETS) {
            throw new Refused(Refusal.LIMIT_EXCEEDED);
        }
        Ticket ticket = new Ticket(RandomValues.text(BYTES), replay, now.plus(LIFETIME));
        tickets.put(ticket.value(), ticket);
        return ticket;
    }

    @Override
    public synchronized Optional<Replay> redeem(String ticket) {
        return Optional.ofNullable(tickets.remove(ticket))
                .filter(issued -> clock.instant().isBefore(issued.expiresAt()))
                .map(Ticket::replay);
    }
}
