package chat.parley.audit.review;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent.RoleGranted;
import chat.parley.api.account.AccountEvent.RoleRevoked;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.audit.HistoryAudited;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.port.TextProtection;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionEvent;
import chat.parley.api.retention.RetentionEvent.ErasureOrdered;
import chat.parley.api.retention.RetentionEvent.HoldLifted;
import chat.parley.api.retention.RetentionEvent.HoldPlaced;
import chat.parley.api.retention.RetentionEvent.RetentionRuleChanged;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.api.search.HistorySearched;
import chat.parley.api.search.SearchUse;
import chat.parley.audit.StoredEvents;
import chat.parley.audit.event.EventDecoder;
import chat.parley.eventstore.serialization.EventSerializer;
import chat.parley.testing.FakeTextProtection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReviewingAccessesTest {
    private static final Instant MID_NOVEMBER = Instant.parse("2026-11-15T09:30:00Z");
    private static final UserId AUDITOR = new UserId("ann");
    private static final UserId ANALYST = new UserId("bob");

    private final StoredEvents events = new StoredEvents();
    private final FakeTextProtection protection = new FakeTextProtection();
    private final EventSerializer serializer = new EventSerializer();
    private final JsonMapper json = JsonMapper.shared();
    private final AccessReview review = new AccessReview(
            events,
            events.selector(),
            new AccessReader(new EventDecoder(serializer, new EventUpcasterChain()), protection));

    private void store(Object event, Instant at) {
        SerializedObject<byte[]> stored = serializer.serialize(event, byte[].class);
        long index = events.head() + 1;
        events.append(new RawEvent(
                index,
                "event-" + index,
                "Aggregate",
                "aggregate",
                index,
                at.toEpochMilli(),
                stored.getType().getName(),
                stored.getType().getRevision(),
                stored.getData(),
                Map.of()));
    }

    private void storeUnrelated(Instant at) {
        long index = events.head() + 1;
        events.append(new RawEvent(
                index,
                "event-" + index,
                "Conversation",
                "club",
                index,
                at.toEpochMilli(),
                "chat.parley.api.ConversationEvent$MessageSent",
                "1",
                "never parsed".getBytes(UTF_8),
                Map.of()));
    }

    private SealedText sealed(String text, String field, Instant at) {
        return protection.seal(AUDITOR, text, TextProtection.auditContext(AUDITOR, field, at));
    }

    private void storeAudit(Instant at, String reason) {
        store(
                new HistoryAudited(
                        AUDITOR,
                        AuditAction.READ_EVENTS,
                        new ConversationId("club"),
                        new UserId("eve"),
                        sealed("/api/v1/audit/events?user=eve", "request", at),
                        sealed(reason, "reason", at),
                        sealed("192.0.2.7", "address", at),
                        at),
                at);
    }

    private void storeSearch(Instant at, String query) {
        SealedText text = protection.seal(ANALYST, query, TextProtection.searchContext(ANALYST, at));
        SealedText reason = protection.seal(ANALYST, "사건 18", TextProtection.searchReasonContext(ANALYST, at));
        store(new HistorySearched(ANALYST, SearchUse.PAST, text, reason, 12, at), at);
    }

    private SealedText stated(UserId admin, int second) {
        return protection.seal(
                admin, "deputy", TextProtection.roleReasonContext(AUDITOR, MID_NOVEMBER.plusSeconds(second)));
    }

    private String written(ReviewFormat format, String month, @Nullable String zone) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        review.write(ReviewMonth.of(month, zone), format.open(out, json));
        return out.toString(UTF_8);
    }

    private List<JsonNode> listed(String month, @Nullable String zone) throws IOException {
        return List.copyOf(
                json.readTree(written(ReviewFormat.JSON, month, zone)).values());
    }

    private List<Long> indexes(String month, @Nullable String zone) throws IOException {
        return listed(month, zone).stream()
                .map(access -> access.get("index").asLong())
                .toList();
    }

    @Test
    void decisionsAboutHoldsErasureAndRetentionAreListed() throws IOException {
        Instant at = MID_NOVEMBER;
        HoldId hold = new HoldId("case-7");
        UserId eve = new UserId("eve");
        ConversationId club = new ConversationId("club");
        store(
                new HoldPlaced(
                        hold,
                        List.of(eve, ANALYST),
                        List.of(club),
                        sealed("tea", RetentionEvent.HOLD_QUERY, at),
                        sealed("사건 17", RetentionEvent.HOLD_REASON, at),
                        AUDITOR,
                        at),
                at);
        store(new HoldLifted(hold, sealed("settled", RetentionEvent.LIFT_REASON, at), AUDITOR, at), at);
        store(new ErasureOrdered(eve, sealed("제17조", RetentionEvent.ERASURE_REASON, at), AUDITOR, at), at);
        store(new RetentionRuleChanged(club, 30, sealed("policy", RetentionEvent.RULE_REASON, at), AUDITOR, at), at);
        store(new TextsExpired(club, at, at), at);
        assertThat(listed("2026-11", null))
                .extracting(
                        access -> access.get("kind").asString(),
                        access -> access.get("by").asString(),
                        access -> access.get("action").asString(),
                        access -> access.get("conversation").asString(null),
                        access -> access.get("person").asString(null),
                        access -> access.get("request").asString(null),
                        access -> access.get("reason").asString(null),
                        access -> access.get("query").asString(null))
                .containsExactly(
                        tuple(
                                "retention",
                                "ann",
                                "hold-placed",
                                null,
                                null,
                                "hold=case-7 users=2 conversations=1",
                                "사건 17",
                                "tea"),
                        tuple("retention", "ann", "hold-lifted", null, null, "hold=case-7", "settled", null),
                        tuple("retention", "ann", "erasure-ordered", null, "eve", null, "제17조", null),
                        tuple("retention", "ann", "rule-changed", "club", null, "days=30", "policy", null));
    }

    @Test
    void eachKindOfAccessIsListedInOrder() throws IOException {
        storeUnrelated(MID_NOVEMBER);
        storeAudit(MID_NOVEMBER, "사건 17");
        storeSearch(MID_NOVEMBER.plusSeconds(1), "tea");
        UserId admin = new UserId("root");
        store(
                new RoleGranted(AUDITOR, SystemRole.AUDITOR, admin, stated(admin, 2), MID_NOVEMBER.plusSeconds(2)),
                MID_NOVEMBER.plusSeconds(2));
        storeUnrelated(MID_NOVEMBER.plusSeconds(3));
        store(
                new RoleRevoked(AUDITOR, SystemRole.AUDITOR, admin, null, MID_NOVEMBER.plusSeconds(4)),
                MID_NOVEMBER.plusSeconds(4));
        assertThat(listed("2026-11", null))
                .containsExactlyElementsOf(json.readTree("""
                    [{"index":1,"at":"2026-11-15T09:30:00Z","kind":"audit","by":"ann","action":"read-events",
                      "conversation":"club","person":"eve","role":null,
                      "request":"/api/v1/audit/events?user=eve","reason":"사건 17","address":"192.0.2.7",
                      "query":null,"hits":null,"erased":false,"altered":false},
                     {"index":2,"at":"2026-11-15T09:30:01Z","kind":"search","by":"bob","action":"past",
                      "conversation":null,"person":null,"role":null,
                      "request":null,"reason":"사건 18","address":null,
                      "query":"tea","hits":12,"erased":false,"altered":false},
                     {"index":3,"at":"2026-11-15T09:30:02Z","kind":"role","by":"root","action":"granted",
                      "conversation":null,"person":"ann","role":"auditor",
                      "request":null,"reason":"deputy","address":null,
                      "query":null,"hits":null,"erased":false,"altered":false},
                     {"index":5,"at":"2026-11-15T09:30:04Z","kind":"role","by":"root","action":"revoked",
                      "conversation":null,"person":"ann","role":"auditor",
                      "request":null,"reason":null,"address":null,
                      "query":null,"hits":null,"erased":false,"altered":false}]
                    """).values());
    }

    private void storeAudit(AuditAction action, @Nullable String conversation, @Nullable String user) {
        store(
                new HistoryAudited(
                        AUDITOR,
                        action,
                        conversation == null ? null : new ConversationId(conversation),
                        user == null ? null : new UserId(user),
                        sealed("/", "request", MID_NOVEMBER),
                        sealed("case", "reason", MID_NOVEMBER),
                        sealed("192.0.2.7", "address", MID_NOVEMBER),
                        MID_NOVEMBER),
                MID_NOVEMBER);
    }

    private void storeExport(String query) {
        storeSearch(SearchUse.EXPORT, query, 12);
    }

    private void storeSearch(SearchUse use, String query, long hits) {
        SealedText text = protection.seal(ANALYST, query, TextProtection.searchContext(ANALYST, MID_NOVEMBER));
        store(new HistorySearched(ANALYST, use, text, null, hits, MID_NOVEMBER), MID_NOVEMBER);
    }

    @Test
    void accessesThatCoverAMessageAreFound() {
        storeAudit(MID_NOVEMBER.minusSeconds(1), "before the message");
        storeAudit(AuditAction.EXPORT, null, null);
        storeAudit(AuditAction.EXPORT, "club", "eve");
        storeAudit(AuditAction.EXPORT, "club", "ann");
        storeAudit(AuditAction.EXPORT, "other", null);
        storeAudit(AuditAction.READ_CONVERSATION, "club", null);
        storeAudit(AuditAction.REPLAY, "club", "ann");
        storeAudit(AuditAction.REPLAY, "other", "eve");
        storeAudit(AuditAction.REVIEW_ACCESS, null, null);
        storeExport("tea");
        storeExport("tea conversation=club sender=eve");
        storeExport("tea conversation=other");
        storeSearch(MID_NOVEMBER, "tea");
        storeSearch(MID_NOVEMBER, "tea conversation=other");
        storeSearch(SearchUse.STATISTICS, "tea", 12);
        storeSearch(SearchUse.SEARCH, "conversation=club tea", 1);
        storeSearch(SearchUse.SEARCH, "conversation=club tea", 0);
        MessageAccesses accesses = new MessageAccesses(
                events,
                events.selector(),
                new AccessReader(new EventDecoder(serializer, new EventUpcasterChain()), protection));
        assertThat(accesses.covering(new ConversationId("club"), new UserId("eve"), MID_NOVEMBER))
                .extracting(ReviewedAccess::index)
                .containsExactly(1L, 2L, 5L, 6L, 9L, 10L, 12L, 15L);
    }

    @Test
    void erasedTextsAreNullAndTheAccessStays() throws IOException {
        storeAudit(MID_NOVEMBER, "case 17");
        storeSearch(MID_NOVEMBER, "tea");
        protection.destroy(AUDITOR);
        protection.destroy(ANALYST);
        List<JsonNode> listed = listed("2026-11", null);
        assertThat(listed.get(0).get("reason").isNull()).isTrue();
        assertThat(listed.get(0).get("request").isNull()).isTrue();
        assertThat(listed.get(0).get("address").isNull()).isTrue();
        assertThat(listed.get(0).get("person").asString()).isEqualTo("eve");
        assertThat(listed.get(1).get("query").isNull()).isTrue();
        assertThat(listed.get(1).get("hits").asInt()).isEqualTo(12);
        assertThat(listed).allSatisfy(access -> {
            assertThat(access.get("erased").asBoolean()).isTrue();
            assertThat(access.get("altered").asBoolean()).isFalse();
        });
    }

    @Test
    void anAlteredTextHidesNoOtherAccess() throws IOException {
        storeSearch(MID_NOVEMBER, FakeTextProtection.DAMAGED);
        storeSearch(MID_NOVEMBER, "tea");
        List<JsonNode> listed = listed("2026-11", null);
        assertThat(listed.get(0).get("altered").asBoolean()).isTrue();
        assertThat(listed.get(0).get("erased").asBoolean()).isFalse();
        assertThat(listed.get(0).get("query").isNull()).isTrue();
        assertThat(listed.get(1).get("query").asString()).isEqualTo("tea");
    }

    @Test
    void aMonthIsOneOfItsTimeZone() throws IOException {
        storeSearch(Instant.parse("2026-10-31T14:59:59.999Z"), "a");
        storeSearch(Instant.parse("2026-10-31T15:00:00Z"), "b");
        storeSearch(Instant.parse("2026-11-01T00:00:00Z"), "c");
        storeSearch(Instant.parse("2026-11-30T15:00:00Z"), "d");
        storeSearch(Instant.parse("2026-12-01T00:00:00Z"), "e");
        assertThat(indexes("2026-10", null)).containsExactly(0L, 1L);
        assertThat(indexes("2026-11", null)).containsExactly(2L, 3L);
        assertThat(indexes("2026-12", null)).containsExactly(4L);
        assertThat(indexes("2026-10", "Asia/Seoul")).containsExactly(0L);
        assertThat(indexes("2026-11", "Asia/Seoul")).containsExactly(1L, 2L);
        assertThat(indexes("2026-12", "Asia/Seoul")).containsExactly(3L, 4L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01", "2026-10", "2026-12", "9999-12"})
    void monthsWithoutEventsAreEmpty(String month) throws IOException {
        storeSearch(MID_NOVEMBER, "tea");
        assertThat(written(ReviewFormat.JSON, month, null)).isEqualTo("[]");
        assertThat(written(ReviewFormat.CSV, month, null)).hasLineCount(1);
    }

    @Test
    void aStoreWithoutEventsHasAnEmptyReview() throws IOException {
        assertThat(written(ReviewFormat.JSON, "2026-11", null)).isEqualTo("[]");
    }

    @Test
    void csvHasTheSameColumnsAndNoFormulas() throws IOException {
        storeAudit(MID_NOVEMBER, "=HYPERLINK(\"https://example.org\")");
        storeSearch(MID_NOVEMBER, "tea, \"green\"");
        assertThat(written(ReviewFormat.CSV, "2026-11", null))
                .isEqualTo(String.join(
                        "\r\n",
                        "index,at,kind,by,action,conversation,person,role,request,reason,address,query,hits,erased,altered",
                        "0,2026-11-15T09:30:00Z,audit,ann,read-events,club,eve,,/api/v1/audit/events?user=eve,"
                                + "\"'=HYPERLINK(\"\"https://example.org\"\")\",192.0.2.7,,,false,false",
                        "1,2026-11-15T09:30:00Z,search,bob,past,,,,,사건 18,,\"tea, \"\"green\"\"\",12,false,false",
                        ""));
        List<String> properties = List.copyOf(listed("2026-11", null).getFirst().propertyNames());
        assertThat(written(ReviewFormat.CSV, "2026-11", null)).startsWith(String.join(",", properties));
    }

    @Test
    void aReviewThatBreaksOffIsNotWellFormed() throws IOException {
        storeSearch(MID_NOVEMBER, "tea");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReviewFile file = ReviewFormat.JSON.open(out, json);
        ReviewFile failing = new ReviewFile() {
            @Override
            public void write(ReviewedAccess access) throws IOException {
                file.write(access);
                throw new IllegalStateException("The event store is away");
            }

            @Override
            public void end() throws IOException {
                file.end();
            }
        };
        assertThatIllegalStateException().isThrownBy(() -> review.write(ReviewMonth.of("2026-11", null), failing));
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> json.readValue(out.toByteArray(), List.class));
    }

    private static void assertRefused(ThrowingCallable call, String expected) {
        assertThatExceptionOfType(Refused.class).isThrownBy(call).satisfies(refused -> {
            assertThat(refused.refusal()).isEqualTo(Refusal.INVALID_PARAMETER);
            assertThat(refused.detail()).contains(expected);
        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-13",
                "2026-00",
                "2026-1",
                "2026-11-01",
                "11-2026",
                "November",
                "novembr",
                "-026-11",
                "+999999999-12",
                "２０２６-11"
            })
    void whatIsNoMonthIsRefused(@Nullable String month) {
        assertRefused(() -> ReviewMonth.of(month, null), "2026-11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Seoul", "Asia/Pyeongyang-do", "UTC+25", "+19:00", "../etc"})
    void anUnknownTimeZoneIsRefused(String zone) {
        assertRefused(() -> ReviewMonth.of("2026-11", zone), "Asia/Seoul");
    }

    @Test
    void theFormatIsTheParameterElseWhatTheHeaderPrefers() {
        List<MediaType> csvFirst = MediaType.parseMediaTypes("text/csv, application/json;q=0.5");
        assertThat(ReviewFormat.of("json", csvFirst)).isEqualTo(ReviewFormat.JSON);
        assertThat(ReviewFormat.of(null, csvFirst)).isEqualTo(ReviewFormat.CSV);
        assertThat(ReviewFormat.of(null, List.of(MediaType.TEXT_HTML, MediaType.ALL)))
                .isEqualTo(ReviewFormat.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "JSON", "xml", "ndjson"})
    void anUnknownFormatIsRefused(String format) {
        assertRefused(() -> ReviewFormat.of(format, List.of(MediaType.ALL)), "json, csv");
    }
}
