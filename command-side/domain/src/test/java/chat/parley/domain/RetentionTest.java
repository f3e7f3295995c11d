package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.refusal;
import static chat.parley.domain.ConversationMatchers.only;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextProtection;
import chat.parley.api.retention.Hold;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionCommand;
import chat.parley.api.retention.RetentionCommand.AskRetention;
import chat.parley.api.retention.RetentionCommand.ChangeRetentionRule;
import chat.parley.api.retention.RetentionCommand.ExpireTexts;
import chat.parley.api.retention.RetentionCommand.LiftHold;
import chat.parley.api.retention.RetentionCommand.OrderErasure;
import chat.parley.api.retention.RetentionCommand.PlaceHold;
import chat.parley.api.retention.RetentionEvent;
import chat.parley.api.retention.RetentionEvent.ErasureOrdered;
import chat.parley.api.retention.RetentionEvent.HoldLifted;
import chat.parley.api.retention.RetentionEvent.HoldPlaced;
import chat.parley.api.retention.RetentionEvent.RetentionRuleChanged;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.api.retention.RetentionRule;
import chat.parley.api.retention.RetentionState;
import chat.parley.api.text.TextRules;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final UserId EVE = new UserId("eve");
    private static final ConversationId CLUB = new ConversationId("club");
    private static final ConversationId TALK = new ConversationId("talk");
    private static final HoldId CASE = new HoldId("case-7");
    private static final Instant AT = MutableClock.START;
    private static final SealedText SEALED = new SealedText("key", "nonce", "ciphertext");
    private static final String REASON = "사건 2026-17";

    private final AggregateTestFixture<Retention> fixture = new AggregateTestFixture<>(Retention.class);
    private final FakeTextProtection protection = new FakeTextProtection();
    private final MutableClock clock = MutableClock.betweenMilliseconds();

    @BeforeEach
    void setUp() {
        fixture.registerInjectableResource(clock);
        fixture.registerInjectableResource(protection);
    }

    private ResultValidator<Retention> when(RetentionCommand command, RetentionEvent... events) {
        return fixture.given((Object[]) events).when(command);
    }

    private static PlaceHold place(List<UserId> users, List<ConversationId> conversations, @Nullable String query) {
        return new PlaceHold(CASE, users, conversations, query, REASON, ANN);
    }

    private HoldPlaced placed(List<UserId> users, List<ConversationId> conversations, @Nullable String query) {
        return new HoldPlaced(
                CASE,
                users,
                conversations,
                query == null ? null : sealed(query, RetentionEvent.HOLD_QUERY),
                sealed(REASON, RetentionEvent.HOLD_REASON),
                ANN,
                AT);
    }

    private SealedText sealed(String text, String field) {
        return protection.seal(ANN, text, TextProtection.auditContext(ANN, field, AT));
    }

    private String revealed(@Nullable SealedText text, UserId by, String field) {
        assertThat(text).isNotNull();
        return protection
                .reveal(text, TextProtection.auditContext(by, field, AT))
                .orElseThrow();
    }

    @Test
    void aHoldNamesEachHeldOnceAndSealsReasonAndQuery() {
        when(place(List.of(BEN, EVE, BEN), List.of(CLUB, CLUB), "회의록 from:ben"))
                .expectEventsMatching(only(HoldPlaced.class, event -> {
                    assertThat(event)
                            .isEqualTo(new HoldPlaced(
                                    CASE, List.of(BEN, EVE), List.of(CLUB), event.query(), event.reason(), ANN, AT));
                    assertThat(revealed(event.query(), ANN, RetentionEvent.HOLD_QUERY))
                            .isEqualTo("회의록 from:ben");
                    assertThat(revealed(event.reason(), ANN, RetentionEvent.HOLD_REASON))
                            .isEqualTo(REASON);
                }));
    }

    @Test
    void aHoldThatHoldsNothingIsRefused() {
        when(place(List.of(), List.of(), "no hits"))
                .expectNoEvents()
                .expectException(refusal(Refusal.INVALID_PARAMETER));
    }

    @Test
    void aRepeatedHoldIsNoNewEvent() {
        when(place(List.of(EVE, BEN), List.of(CLUB), null), placed(List.of(BEN, EVE), List.of(CLUB), null))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void aRepeatedHoldOnASearchMayHaveFoundMore() {
        when(place(List.of(BEN, EVE), List.of(CLUB), "tea"), placed(List.of(BEN), List.of(CLUB), "tea"))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    static Stream<PlaceHold> holdsOfOtherContent() {
        return Stream.of(
                place(List.of(BEN, EVE), List.of(CLUB), null),
                place(List.of(BEN), List.of(TALK), null),
                place(List.of(BEN), List.of(CLUB), "tea"),
                new PlaceHold(CASE, List.of(BEN), List.of(CLUB), null, "another reason", ANN),
                new PlaceHold(CASE, List.of(BEN), List.of(CLUB), null, REASON, EVE));
    }

    @ParameterizedTest
    @MethodSource("holdsOfOtherContent")
    void anIdInForceIsNotTakenForAnotherHold(PlaceHold other) {
        when(other, placed(List.of(BEN), List.of(CLUB), null))
                .expectNoEvents()
                .expectException(refusal(Refusal.HOLD_EXISTS));
    }

    @Test
    void anotherQueryIsAnotherHold() {
        when(place(List.of(BEN), List.of(CLUB), "coffee"), placed(List.of(BEN), List.of(CLUB), "tea"))
                .expectNoEvents()
                .expectException(refusal(Refusal.HOLD_EXISTS));
    }

    @Test
    void theIdOfALiftedHoldMayBeUsedAgain() {
        when(
                        place(List.of(EVE), List.of(), null),
                        placed(List.of(BEN), List.of(CLUB), null),
                        new HoldLifted(CASE, SEALED, EVE, AT))
                .expectEventsMatching(only(
                        HoldPlaced.class, event -> assertThat(event.users()).containsExactly(EVE)));
    }

    @Test
    void isLiftedByASecondPersonOnly() {
        HoldPlaced held = placed(List.of(BEN), List.of(), null);
        when(new LiftHold(CASE, "settled", ANN), held)
                .expectNoEvents()
                .expectException(refusal(Refusal.SECOND_PERSON_REQUIRED));
        when(new LiftHold(CASE, "settled", EVE), held).expectEventsMatching(only(HoldLifted.class, event -> {
            assertThat(event).isEqualTo(new HoldLifted(CASE, event.reason(), EVE, AT));
            assertThat(revealed(event.reason(), EVE, RetentionEvent.LIFT_REASON))
                    .isEqualTo("settled");
        }));
    }

    @Test
    void whatIsNotInForceIsNotLifted() {
        when(new LiftHold(CASE, "settled", EVE)).expectNoEvents().expectException(refusal(Refusal.HOLD_NOT_FOUND));
        when(
                        new LiftHold(CASE, "settled", EVE),
                        placed(List.of(BEN), List.of(), null),
                        new HoldLifted(CASE, SEALED, EVE, AT))
                .expectNoEvents()
                .expectException(refusal(Refusal.HOLD_NOT_FOUND));
    }

    @Test
    void anErasureSealsItsReason() {
        when(new OrderErasure(BEN, List.of(CLUB), REASON, ANN), placed(List.of(EVE), List.of(TALK), null))
                .expectEventsMatching(only(ErasureOrdered.class, event -> {
                    assertThat(event).isEqualTo(new ErasureOrdered(BEN, event.reason(), ANN, AT));
                    assertThat(revealed(event.reason(), ANN, RetentionEvent.ERASURE_REASON))
                            .isEqualTo(REASON);
                }));
    }

    static Stream<HoldPlaced> holdsOnBenInTheClub() {
        return Stream.of(
                new HoldPlaced(CASE, List.of(EVE, BEN), List.of(), null, SEALED, ANN, AT),
                new HoldPlaced(CASE, List.of(EVE), List.of(TALK, CLUB), null, SEALED, ANN, AT));
    }

    @ParameterizedTest
    @MethodSource("holdsOnBenInTheClub")
    void aHoldOnTheUserOrOnAConversationRefusesTheErasure(HoldPlaced hold) {
        when(new OrderErasure(BEN, List.of(CLUB), REASON, ANN), hold)
                .expectNoEvents()
                .expectException(refusal(Refusal.ON_HOLD));
        when(new OrderErasure(BEN, List.of(CLUB), REASON, ANN), hold, new HoldLifted(CASE, SEALED, EVE, AT))
                .expectEventsMatching(only(ErasureOrdered.class, event -> {}));
    }

    /** The process repeats an order after a crash; a hold that was placed after the order is too late. */
    @Test
    void aRepeatedErasureIsNoNewEventEvenOnHold() {
        when(
                        new OrderErasure(BEN, List.of(CLUB), REASON, ANN),
                        new ErasureOrdered(BEN, SEALED, ANN, AT),
                        placed(List.of(BEN), List.of(), null))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void aUserDoesNotOrderTheOwnErasure() {
        when(new OrderErasure(ANN, List.of(), REASON, ANN))
                .expectNoEvents()
                .expectException(refusal(Refusal.SELF_NOT_ALLOWED));
    }

    static Stream<RetentionCommand> withReason(String reason) {
        return Stream.of(
                new PlaceHold(CASE, List.of(BEN), List.of(), null, reason, ANN),
                new LiftHold(CASE, reason, EVE),
                new OrderErasure(EVE, List.of(), reason, ANN),
                new ChangeRetentionRule(CLUB, 30, reason, ANN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200B", "two\nlines", "\u202Eback"})
    void everyDecisionHasAReason(String reason) {
        withReason(reason).forEach(this::isRefusedWithoutAReason);
    }

    @Test
    void aReasonHasAtMost500Characters() {
        withReason("가".repeat(TextRules.REASON_MAX + 1)).forEach(this::isRefusedWithoutAReason);
        withReason("가".repeat(TextRules.REASON_MAX))
                .filter(command -> !(command instanceof LiftHold))
                .forEach(command -> when(command).expectSuccessfulHandlerExecution());
    }

    private void isRefusedWithoutAReason(RetentionCommand command) {
        when(command, new HoldPlaced(new HoldId("other"), List.of(BEN), List.of(), null, SEALED, ANN, AT))
                .expectNoEvents()
                .expectException(refusal(Refusal.REASON_REQUIRED));
    }

    @Test
    void aRuleIsChangedOnce() {
        RetentionRuleChanged thirty = new RetentionRuleChanged(CLUB, 30, SEALED, ANN, AT);
        when(new ChangeRetentionRule(CLUB, 30, REASON, ANN))
                .expectEventsMatching(only(RetentionRuleChanged.class, event -> {
                    assertThat(event).isEqualTo(new RetentionRuleChanged(CLUB, 30, event.reason(), ANN, AT));
                    assertThat(revealed(event.reason(), ANN, RetentionEvent.RULE_REASON))
                            .isEqualTo(REASON);
                }));
        when(new ChangeRetentionRule(CLUB, 30, REASON, EVE), thirty)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        when(new ChangeRetentionRule(CLUB, null, REASON, EVE), thirty)
                .expectEventsMatching(only(
                        RetentionRuleChanged.class,
                        event -> assertThat(event.days()).isNull()));
        when(new ChangeRetentionRule(null, null, REASON, EVE), thirty)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 36_501, Integer.MAX_VALUE})
    void textsAreKeptFor1To36500Days(int days) {
        when(new ChangeRetentionRule(CLUB, days, REASON, ANN))
                .expectNoEvents()
                .expectException(refusal(Refusal.RETENTION_INVALID));
        when(new ChangeRetentionRule(null, 36_500, REASON, ANN)).expectSuccessfulHandlerExecution();
        when(new ChangeRetentionRule(null, 1, REASON, ANN)).expectSuccessfulHandlerExecution();
    }

    private static Instant daysAgo(int days) {
        return AT.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
    }

    private static RetentionRuleChanged rule(@Nullable ConversationId conversation, @Nullable Integer days) {
        return new RetentionRuleChanged(conversation, days, SEALED, ANN, AT);
    }

    private static ExpireTexts expire(Instant before) {
        return new ExpireTexts(CLUB, before, List.of(BEN));
    }

    @Test
    void textsExpireOnlyByARule() {
        when(expire(daysAgo(30))).expectNoEvents().expectException(refusal(Refusal.INVALID_PARAMETER));
        when(expire(daysAgo(30)), rule(TALK, 30)).expectNoEvents().expectException(refusal(Refusal.INVALID_PARAMETER));
        when(expire(daysAgo(30)), rule(null, 30)).expectEvents(new TextsExpired(CLUB, daysAgo(30), AT));
        when(expire(daysAgo(30)), rule(CLUB, 30)).expectEvents(new TextsExpired(CLUB, daysAgo(30), AT));
        when(expire(daysAgo(30)), rule(CLUB, 30), rule(CLUB, null))
                .expectNoEvents()
                .expectException(refusal(Refusal.INVALID_PARAMETER));
    }

    @Test
    void theConversationsOwnRuleWins() {
        when(expire(daysAgo(30)), rule(null, 30), rule(CLUB, 60))
                .expectNoEvents()
                .expectException(refusal(Refusal.INVALID_PARAMETER));
        when(expire(daysAgo(30)), rule(null, 60), rule(CLUB, 30)).expectEvents(new TextsExpired(CLUB, daysAgo(30), AT));
    }

    @Test
    void noTextExpiresBeforeItIsOldEnough() {
        when(expire(daysAgo(29)), rule(null, 30)).expectNoEvents().expectException(refusal(Refusal.INVALID_PARAMETER));
        when(expire(daysAgo(-1)), rule(null, 1)).expectNoEvents().expectException(refusal(Refusal.INVALID_PARAMETER));
    }

    @ParameterizedTest
    @MethodSource("holdsOnBenInTheClub")
    void aHoldOnTheConversationOrOnAMemberKeepsTexts(HoldPlaced hold) {
        when(expire(daysAgo(30)), rule(null, 30), hold).expectNoEvents().expectException(refusal(Refusal.ON_HOLD));
        when(expire(daysAgo(30)), rule(null, 30), hold, new HoldLifted(CASE, SEALED, EVE, AT))
                .expectEvents(new TextsExpired(CLUB, daysAgo(30), AT));
    }

    /** The process repeats a decision after a crash; a rule or hold of afterwards does not undo it. */
    @Test
    void aRepeatedExpiryIsNoNewEvent() {
        when(
                        expire(daysAgo(30)),
                        rule(null, 30),
                        new TextsExpired(CLUB, daysAgo(30), AT),
                        rule(null, null),
                        placed(List.of(), List.of(CLUB), null))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        when(expire(daysAgo(30)), rule(null, 30), new TextsExpired(CLUB, daysAgo(31), AT))
                .expectEvents(new TextsExpired(CLUB, daysAgo(30), AT));
    }

    @Test
    void answersWhatIsInForce() {
        HoldPlaced hold = placed(List.of(BEN), List.of(CLUB), "tea");
        when(
                        new AskRetention(),
                        hold,
                        new HoldPlaced(new HoldId("lifted"), List.of(EVE), List.of(), null, SEALED, ANN, AT),
                        new HoldLifted(new HoldId("lifted"), SEALED, EVE, AT),
                        rule(CLUB, 30),
                        rule(null, 90),
                        rule(TALK, 60),
                        rule(TALK, null))
                .expectNoEvents()
                .expectResultMessagePayload(new RetentionState(
                        List.of(new Hold(CASE, List.of(BEN), List.of(CLUB), hold.query(), hold.reason(), ANN, AT)),
                        List.of(
                                new RetentionRule(null, 90, SEALED, ANN, AT),
                                new RetentionRule(CLUB, 30, SEALED, ANN, AT))));
        when(new AskRetention()).expectResultMessagePayload(new RetentionState(List.of(), List.of()));
    }

    @Test
    void timeNeverGoesBack() {
        Instant later = AT.plusSeconds(60);
        when(
                        new LiftHold(CASE, "settled", EVE),
                        new HoldPlaced(CASE, List.of(BEN), List.of(), null, SEALED, ANN, later))
                .expectEventsMatching(
                        only(HoldLifted.class, event -> assertThat(event.at()).isEqualTo(later)));
    }

    @Test
    void whatIsHeldIsBounded() {
        when(place(users(Retention.MAX_HELD_AT_ONCE), List.of(), null)).expectSuccessfulHandlerExecution();
        when(place(users(Retention.MAX_HELD_AT_ONCE), List.of(CLUB), null))
                .expectNoEvents()
                .expectException(refusal(Refusal.LIMIT_EXCEEDED));
        int holds = Retention.MAX_HELD / Retention.MAX_HELD_AT_ONCE;
        List<RetentionEvent> full = new ArrayList<>();
        for (int i = 0; i < holds; i++) {
            full.add(holding(i, users(Retention.MAX_HELD_AT_ONCE)));
        }
        when(place(List.of(BEN), List.of(), null), full.toArray(RetentionEvent[]::new))
                .expectNoEvents()
                .expectException(refusal(Refusal.LIMIT_EXCEEDED));
        when(place(List.of(BEN), List.of(), null), full.subList(1, full.size()).toArray(RetentionEvent[]::new))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void holdsAndRulesAreBounded() {
        RetentionEvent[] holds = IntStream.range(0, Retention.MAX_HOLDS)
                .mapToObj(i -> holding(i, List.of(BEN)))
                .toArray(RetentionEvent[]::new);
        when(place(List.of(BEN), List.of(), null), holds)
                .expectNoEvents()
                .expectException(refusal(Refusal.LIMIT_EXCEEDED));
        RetentionEvent[] rules = IntStream.range(0, Retention.MAX_RULES)
                .mapToObj(i -> rule(new ConversationId("c" + i), 30))
                .toArray(RetentionEvent[]::new);
        when(new ChangeRetentionRule(CLUB, 30, REASON, ANN), rules)
                .expectNoEvents()
                .expectException(refusal(Refusal.LIMIT_EXCEEDED));
        when(new ChangeRetentionRule(new ConversationId("c1"), 60, REASON, ANN), rules)
                .expectSuccessfulHandlerExecution();
        when(new ChangeRetentionRule(null, 60, REASON, ANN), rules).expectSuccessfulHandlerExecution();
    }

    private static HoldPlaced holding(int number, List<UserId> users) {
        return new HoldPlaced(new HoldId("h" + number), users, List.of(), null, SEALED, ANN, AT);
    }

    private static List<UserId> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> new UserId("u" + i)).toList();
    }

    @Test
    void aPrintedCommandShowsNoText() {
        assertThat(withReason("a secret reason").map(RetentionCommand::toString))
                .noneMatch(printed -> printed.contains("secret"));
        assertThat(place(List.of(BEN), List.of(), "a secret query").toString()).doesNotContain("secret");
    }
}
