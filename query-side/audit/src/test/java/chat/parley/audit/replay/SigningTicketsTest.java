package chat.parley.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.audit.Replay;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.KeyedHash.Purpose;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A ticket is for one replay and one socket of a node, within a minute. */
class SigningTicketsTest {
    private static final Replay REPLAY = new Replay(
            new ConversationId("club"),
            new UserId("ann"),
            Instant.parse("2026-11-15T09:30:00.123456Z"),
            Instant.parse("2026-11-16T09:30:00Z"),
            10);

    private final MutableClock clock = MutableClock.betweenMilliseconds();
    private final SignedTickets tickets = node();
    private final String ticket = tickets.issue(REPLAY).value();

    private SignedTickets node() {
        return new SignedTickets(new FakeKeyedHash(), clock, JsonMapper.shared());
    }

    @Test
    void isTakenByAnyNode() {
        assertThat(node().redeem(ticket)).contains(REPLAY);
    }

    @Test
    void hasAReplayWithoutABeginning() {
        Replay whole = new Replay(REPLAY.conversation(), REPLAY.user(), null, REPLAY.to(), 1);
        assertThat(tickets.redeem(tickets.issue(whole).value())).contains(whole);
    }

    @Test
    void isTakenOnce() {
        assertThat(tickets.redeem(ticket)).isPresent();
        clock.advance(SignedTickets.LIFETIME.minusSeconds(1));
        assertThat(tickets.redeem(ticket)).isEmpty();
        assertThat(tickets.redeem(tickets.issue(REPLAY).value())).isPresent();
    }

    @Test
    void expiresAfterAMinute() {
        clock.advance(SignedTickets.LIFETIME.minus(Duration.ofNanos(1)));
        assertThat(node().redeem(ticket)).isPresent();
        clock.advance(Duration.ofNanos(1));
        assertThat(node().redeem(ticket)).isEmpty();
    }

    @Test
    void isRefusedIfOneCharacterDiffers() {
        for (int i = 0; i < ticket.length(); i++) {
            char other = ticket.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(tickets.redeem(ticket.substring(0, i) + other + ticket.substring(i + 1)))
                    .as("character %d", i)
                    .isEmpty();
        }
    }

    @Test
    void isRefusedIfItIsNone() {
        for (String none : new String[] {"", "x", "x".repeat(32), "x".repeat(10_000), ticket + ticket}) {
            assertThat(tickets.redeem(none)).isEmpty();
        }
        String otherPurpose = "YWJj" + new FakeKeyedHash().of(Purpose.CURSOR, "YWJj");
        assertThat(tickets.redeem(otherPurpose)).isEmpty();
    }
}
