package chat.parley.audit.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.RandomValues;
import chat.parley.api.audit.Replay;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import chat.parley.api.port.ReplayTickets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tickets that say themselves what they are for: URL-safe Base64 of the replay in JSON, then a keyed hash of it. Every node
 * knows a ticket of any other. Each node takes a ticket once.
 */
final class SignedTickets implements ReplayTickets {
    static final Duration LIFETIME = Duration.ofMinutes(1);

    /** A longer ticket is refused unread. */
    private static final int MAX_CHARACTERS = 1_024;

    private static final int TAG_CHARACTERS = 32;
    private static final int NONCE_BYTES = 16;

    private final KeyedHash hash;
    private final Clock clock;
    private final JsonMapper json;
    /** When the tickets expire that were taken here, by their nonce. */
    private final Map<String, Instant> taken = new HashMap<>();

    SignedTickets(KeyedHash hash, Clock clock, JsonMapper json) {
        this.hash = hash;
        this.clock = clock;
        this.json = json;
    }

    /** @param expiresAt a socket has to come before */
    record Ticket(String value, Instant expiresAt) {
        /** The value admits to what nobody else may see. */
        @Override
        public String toString() {
            return "Ticket[" + expiresAt + "]";
        }
    }

    private record Content(Replay replay, Instant expiresAt, String nonce) {}

    Ticket issue(Replay replay) {
        Instant expiresAt = clock.instant().plus(LIFETIME);
        Content content = new Content(replay, expiresAt, RandomValues.text(NONCE_BYTES));
        String body = Base64.getUrlEncoder().withoutPadding().encodeToString(json.writeValueAsBytes(content));
        return new Ticket(body + tag(body), expiresAt);
    }

    private String tag(String body) {
        return hash.of(Purpose.REPLAY_TICKET, body);
    }

    @Override
    public Optional<Replay> redeem(String ticket) {
        if (ticket.length() <= TAG_CHARACTERS || ticket.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        int split = ticket.length() - TAG_CHARACTERS;
        String body = ticket.substring(0, split);
        if (!MessageDigest.isEqual(
                tag(body).getBytes(US_ASCII), ticket.substring(split).getBytes(UTF_8))) {
            return Optional.empty();
        }
        // From here on the ticket is known to be genuine.
        Content content = json.readValue(Base64.getUrlDecoder().decode(body), Content.class);
        return take(content) ? Optional.of(content.replay()) : Optional.empty();
    }

    private synchronized boolean take(Content content) {
        Instant now = clock.instant();
        taken.values().removeIf(expiresAt -> !now.isBefore(expiresAt));
        return now.isBefore(content.expiresAt()) && taken.putIfAbsent(content.nonce(), content.expiresAt()) == null;
    }
}
