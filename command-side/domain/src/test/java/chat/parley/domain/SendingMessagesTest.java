package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.ANN;
import static chat.parley.domain.ConversationFixture.BEN;
import static chat.parley.domain.ConversationFixture.CLEO;
import static chat.parley.domain.ConversationFixture.GROUP;
import static chat.parley.domain.ConversationFixture.draft;
import static chat.parley.domain.ConversationFixture.refusal;
import static chat.parley.domain.ConversationFixture.refused;
import static chat.parley.domain.ConversationFixture.send;
import static chat.parley.domain.ConversationMatchers.only;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.SendOutcomes;
import chat.parley.api.conversation.SendOutcomes.Outcome;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.MutableClock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendingMessagesTest {
    private final ConversationFixture fixture = new ConversationFixture();

    @Test
    void becomesTheNextEntryWithItsTextSealed() {
        fixture.givenGroup()
                .givenMessage(BEN, "b1", "hello")
                .when(send(draft(ANN, "a1", "안녕하세요 😀")))
                .expectResultMessagePayload(fixture.acceptedAt(3))
                .expectEventsMatching(only(MessageSent.class, sent -> {
                    assertThat(sent.ordinal()).isEqualTo(2);
                    assertThat(sent.by()).isEqualTo(ANN);
                    assertThat(sent.at()).isEqualTo(MutableClock.START);
                    TextContext context = TextProtection.messageContext(GROUP, ANN, new ClientMessageId("a1"));
                    assertThat(fixture.protection.reveal(sent.text(), context)).hasValue("안녕하세요 😀");
                    assertThat(sent.toString()).doesNotContain("안녕");
                }));
    }

    @Test
    void worksBetweenTwoPeople() {
        fixture.givenDirect()
                .when(new SendMessages(fixture.direct(), List.of(draft(BEN, "b1", "hello"))))
                .expectResultMessagePayload(fixture.acceptedAt(2));
    }

    @Test
    void messagesOfABatchAreIndependent() {
        fixture.givenGroup()
                .when(send(
                        draft(ANN, "a1", "one"),
                        draft(CLEO, "c1", "stranger"),
                        draft(ANN, "a2", " "),
                        draft(BEN, "b1", "two")))
                .expectResultMessagePayload(new SendOutcomes(List.of(
                        Outcome.accepted(fixture.ackAt(2)),
                        Outcome.refused(Refusal.NOT_A_MEMBER),
                        Outcome.refused(Refusal.MESSAGE_EMPTY),
                        Outcome.accepted(fixture.ackAt(3)))));
    }

    @Test
    void theSameIdTwiceInOneBatchIsOneMessage() {
        fixture.givenGroup()
                .when(send(draft(ANN, "a1", "one"), draft(ANN, "a1", "one"), draft(ANN, "a1", "other")))
                .expectEventsMatching(only(MessageSent.class, sent -> {}))
                .expectResultMessagePayload(new SendOutcomes(List.of(
                        Outcome.accepted(fixture.ackAt(2)),
                        Outcome.accepted(fixture.ackAt(2)),
                        Outcome.refused(Refusal.CLIENT_MESSAGE_ID_REUSED))));
    }

    @Test
    void aRetryGetsTheFirstAnswer() {
        fixture.givenGroup().givenMessage(ANN, "a1", "one").givenMessage(BEN, "b1", "two");
        fixture.clock.advance(Duration.ofMinutes(1));

        fixture.when(send(draft(ANN, "a1", "one"))).expectNoEvents().expectResultMessagePayload(fixture.acceptedAt(2));
    }

    @Test
    void aRetryGetsTheFirstAnswerEvenAfterLeaving() {
        fixture.givenGroup()
                .givenMessage(BEN, "b1", "bye")
                .givenLeft(BEN)
                .when(send(draft(BEN, "b1", "bye")))
                .expectNoEvents()
                .expectResultMessagePayload(fixture.acceptedAt(2));
    }

    @Test
    void theSameIdWithOtherContentIsRefused() {
        fixture.givenGroup()
                .givenMessage(ANN, "a1", "one")
                .when(send(draft(ANN, "a1", "two")))
                .expectNoEvents()
                .expectResultMessagePayload(refused(Refusal.CLIENT_MESSAGE_ID_REUSED));
    }

    @Test
    void theSameIdOfAnotherUserIsAnotherMessage() {
        fixture.givenGroup()
                .givenMessage(ANN, "m1", "one")
                .when(send(draft(BEN, "m1", "one")))
                .expectResultMessagePayload(fixture.acceptedAt(3));
    }

    @Test
    void isForMembersOnly() {
        fixture.givenGroup()
                .givenLeft(BEN)
                .when(send(draft(BEN, "b1", "still here?")))
                .expectNoEvents()
                .expectResultMessagePayload(refused(Refusal.NOT_A_MEMBER));
    }

    @Test
    void needsAConversation() {
        fixture.when(send(draft(ANN, "a1", "hello?")))
                .expectNoEvents()
                .expectException(refusal(Refusal.CONVERSATION_NOT_FOUND));
    }

    @Test
    void takesOneTo64AtATime() {
        Draft[] tooMany = IntStream.rangeClosed(1, 65)
                .mapToObj(i -> draft(ANN, "a" + i, "one"))
                .toArray(Draft[]::new);
        fixture.givenGroup().when(send(tooMany)).expectNoEvents().expectException(refusal(Refusal.INVALID_PARAMETER));
        new ConversationFixture().givenGroup().when(send()).expectException(refusal(Refusal.INVALID_PARAMETER));
    }

    @Test
    void timeNeverGoesBack() {
        fixture.givenGroup();
        fixture.clock.advance(Duration.ofHours(-1));

        fixture.when(send(draft(ANN, "a1", "one"))).expectResultMessagePayload(fixture.acceptedAt(2));
    }

    @Test
    void timeIsInWholeMilliseconds() {
        fixture.givenGroup();
        fixture.clock.advance(Duration.ofNanos(5_000_001));

        fixture.when(send(draft(ANN, "a1", "one")))
                .expectResultMessagePayload(
                        new SendOutcomes(List.of(Outcome.accepted(new EntryAck(2, MutableClock.START.plusMillis(5))))));
    }

    @Test
    void aReplyNamesAnExistingMessage() {
        fixture.givenGroup()
                .givenMessage(BEN, "b1", "question?")
                .when(send(reply(ANN, 2L)))
                .expectResultMessagePayload(fixture.acceptedAt(3))
                .expectEventsMatching(only(
                        MessageSent.class, sent -> assertThat(sent.replyTo()).isEqualTo(2)));
    }

    @ParameterizedTest
    @CsvSource({"-1,POSITION_NOT_FOUND", "0,POSITION_NOT_FOUND", "3,POSITION_NOT_FOUND", "1,NOT_A_MESSAGE"})
    void aReplyToAnythingElseIsRefused(long position, Refusal refusal) {
        fixture.givenGroup()
                .givenMessage(BEN, "b1", "question?")
                .when(send(reply(ANN, position)))
                .expectNoEvents()
                .expectResultMessagePayload(refused(refusal));
    }

    @Test
    void aReplyToAnInvisibleMessageIsRefused() {
        fixture.givenGroup()
                .givenMessage(BEN, "b1", "question?")
                .givenJoined(CLEO)
                .when(send(reply(CLEO, 2L)))
                .expectNoEvents()
                .expectResultMessagePayload(refused(Refusal.POSITION_NOT_FOUND));
    }

    @Test
    void aNewMemberRepliesToSharedHistory() {
        fixture.given(fixture.groupOf(HistoryAccess.ALL, false, BEN))
                .givenMessage(BEN, "b1", "question?")
                .givenJoined(CLEO)
                .when(send(reply(CLEO, 2L)))
                .expectResultMessagePayload(fixture.acceptedAt(4));
    }

    @Test
    void mentionsEachMemberOnce() {
        fixture.givenGroup()
                .when(send(mentioning(List.of(BEN, ANN, BEN))))
                .expectEventsMatching(only(
                        MessageSent.class, sent -> assertThat(sent.mentions()).containsExactly(BEN, ANN)));
    }

    @Test
    void mentionsNoNonMember() {
        fixture.givenGroup()
                .when(send(mentioning(List.of(BEN, CLEO))))
                .expectNoEvents()
                .expectResultMessagePayload(refused(Refusal.MENTIONS_INVALID));
    }

    @Test
    void mentionsAtMostAHundred() {
        List<UserId> crowd =
                IntStream.rangeClosed(1, 101).mapToObj(i -> new UserId("u" + i)).toList();
        fixture.given(fixture.groupOf(HistoryAccess.SINCE_JOINED, false, crowd.toArray(UserId[]::new)));
        fixture.when(send(mentioning(crowd)))
                .expectNoEvents()
                .expectResultMessagePayload(refused(Refusal.MENTIONS_INVALID));
        fixture.when(send(mentioning(crowd.subList(1, 101)))).expectResultMessagePayload(fixture.acceptedAt(2));
        fixture.when(send(mentioning(Collections.nCopies(101, crowd.getFirst()))))
                .expectResultMessagePayload(fixture.acceptedAt(2));
    }

    private static Draft reply(UserId by, @Nullable Long position) {
        return new Draft(by, new ClientMessageId("r1"), "answer!", position, List.of());
    }

    private static Draft mentioning(List<UserId> users) {
        return new Draft(ANN, new ClientMessageId("m1"), "you!", null, users);
    }
}
