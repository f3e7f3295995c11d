package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.refusal;
import static chat.parley.domain.ConversationMatchers.only;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.audit.AuditLogId;
import chat.parley.api.audit.HistoryAudited;
import chat.parley.api.audit.RecordAuditAccess;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextProtection;
import chat.parley.api.text.TextRules;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.MutableClock;
import java.time.Instant;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final ConversationId CLUB = new ConversationId("club");
    private static final AuditLogId LOG = new AuditLogId(ANN);
    private static final Instant AT = MutableClock.START;

    private final AggregateTestFixture<AuditLog> fixture = new AggregateTestFixture<>(AuditLog.class);
    private final TextProtection protection = new FakeTextProtection();

    @BeforeEach
    void setUp() {
        fixture.registerInjectableResource(MutableClock.betweenMilliseconds());
        fixture.registerInjectableResource(protection);
    }

    private static RecordAuditAccess access(String reason) {
        return access("/audit/conversations/club?at=3", reason);
    }

    private static RecordAuditAccess access(String request, String reason) {
        return new RecordAuditAccess(LOG, AuditAction.READ_CONVERSATION, CLUB, BOB, request, reason, "192.0.2.7");
    }

    private static HistoryAudited audited(Instant at) {
        SealedText sealed = new SealedText("key", "nonce", "ciphertext");
        return new HistoryAudited(ANN, AuditAction.READ_EVENTS, null, null, sealed, sealed, sealed, at);
    }

    @Test
    void recordsWhoReadWhatOfWhomFromWhereAndWhy() {
        fixture.givenNoPriorActivity()
                .when(access("사건 2026-17"))
                .expectEventsMatching(only(HistoryAudited.class, event -> {
                    assertThat(event)
                            .isEqualTo(new HistoryAudited(
                                    ANN,
                                    AuditAction.READ_CONVERSATION,
                                    CLUB,
                                    BOB,
                                    event.request(),
                                    event.reason(),
                                    event.address(),
                                    AT));
                    assertThat(revealed(event.request(), "request")).isEqualTo("/audit/conversations/club?at=3");
                    assertThat(revealed(event.reason(), "reason")).isEqualTo("사건 2026-17");
                    assertThat(revealed(event.address(), "address")).isEqualTo("192.0.2.7");
                }));
    }

    private String revealed(SealedText text, String field) {
        return protection
                .reveal(text, TextProtection.auditContext(ANN, field, AT))
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200B", "two\nlines", "\u202Eback"})
    void refusesAnAccessWithoutAReason(String reason) {
        fixture.givenNoPriorActivity().when(access(reason)).expectException(refusal(Refusal.REASON_REQUIRED));
    }

    @Test
    void boundsTheLengthOfTheReason() {
        fixture.givenNoPriorActivity()
                .when(access("가".repeat(TextRules.REASON_MAX)))
                .expectSuccessfulHandlerExecution();
        fixture.givenNoPriorActivity()
                .when(access("가".repeat(TextRules.REASON_MAX + 1)))
                .expectException(refusal(Refusal.REASON_REQUIRED));
    }

    @Test
    void boundsTheLengthOfTheRequest() {
        String longest = "/".repeat(TextRules.QUERY_MAX);
        fixture.givenNoPriorActivity().when(access(longest, "case 17")).expectSuccessfulHandlerExecution();
        fixture.givenNoPriorActivity()
                .when(access(longest + "/", "case 17"))
                .expectException(refusal(Refusal.QUERY_TOO_LONG));
    }

    @Test
    void recordsARepeatedAccessAgain() {
        fixture.given(audited(AT))
                .when(access("again"))
                .expectEventsMatching(only(
                        HistoryAudited.class, event -> assertThat(event.at()).isEqualTo(AT)));
    }

    @Test
    void timeNeverGoesBack() {
        Instant later = AT.plusSeconds(60);
        fixture.given(audited(later))
                .when(access("again"))
                .expectEventsMatching(only(
                        HistoryAudited.class, event -> assertThat(event.at()).isEqualTo(later)));
    }

    @Test
    void aPrintedCommandShowsNoText() {
        assertThat(access("a secret reason").toString())
                .doesNotContain("secret")
                .doesNotContain("192.0.2.7");
    }
}
