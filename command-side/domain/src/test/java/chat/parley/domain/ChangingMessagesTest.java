package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.ANN;
import static chat.parley.domain.ConversationFixture.BEN;
import static chat.parley.domain.ConversationFixture.CLEO;
import static chat.parley.domain.ConversationFixture.GROUP;
import static chat.parley.domain.ConversationFixture.refusal;
import static chat.parley.domain.ConversationMatchers.only;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.ChangeReaction;
import chat.parley.api.conversation.ConversationCommand.EditMessage;
import chat.parley.api.conversation.ConversationCommand.RetractMessage;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.port.TextProtection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangingMessagesTest {
    private final ConversationFixture fixture =
            new ConversationFixture().givenGroup().givenMessage(BEN, "b1", "helo");

    @Test
    void anEditIsAnEntryThatNamesItsMessage() {
        fixture.when(edit(BEN, 2, "hello"))
                .expectResultMessagePayload(fixture.ackAt(3))
                .expectEventsMatching(only(MessageEdited.class, edited -> {
                    assertThat(edited.target()).isEqualTo(2);
                    assertThat(fixture.protection.reveal(edited.text(), TextProtection.editContext(GROUP, BEN, 2)))
                            .hasValue("hello");
                }));
    }

    @Test
    void aRepeatedEditGetsTheFirstAnswer() {
        fixture.given(edited("hello"))
                .givenMessage(ANN, "a1", "hi")
                .when(edit(BEN, 2, "hello"))
                .expectNoEvents()
                .expectResultMessagePayload(fixture.ackAt(3));
    }

    @Test
    void anEditHasMentions() {
        fixture.when(edit(BEN, 2, "hello", ANN, BEN, ANN))
                .expectEventsMatching(only(
                        MessageEdited.class,
                        edited -> assertThat(edited.mentions()).containsExactly(ANN, BEN)));
    }

    @Test
    void theSameTextWithOtherMentionsIsAnotherEdit() {
        fixture.given(edited("hello")).when(edit(BEN, 2, "hello", ANN)).expectResultMessagePayload(fixture.ackAt(4));
    }

    @Test
    void anEditMentionsOnlyMembers() {
        fixture.when(edit(BEN, 2, "hello", CLEO)).expectNoEvents().expectException(refusal(Refusal.MENTIONS_INVALID));
    }

    @Test
    void anEditMayKeepTheMentionOfAFormerMember() {
        fixture.givenJoined(CLEO)
                .givenMessage(BEN, "b2", "hey", CLEO)
                .givenLeft(CLEO)
                .when(edit(BEN, 4, "hey you", CLEO))
                .expectResultMessagePayload(fixture.ackAt(6));
    }

    @Test
    void changingItBackIsAnotherEdit() {
        fixture.given(edited("hello"), edited("hello!"))
                .when(edit(BEN, 2, "hello"))
                .expectResultMessagePayload(fixture.ackAt(5));
    }

    @Test
    void noRoleMayEditMessagesOfOthers() {
        fixture.when(edit(ANN, 2, "hello")).expectNoEvents().expectException(refusal(Refusal.NOT_YOUR_MESSAGE));
    }

    @Test
    void anEditWithInvalidTextIsRefused() {
        fixture.when(edit(BEN, 2, " ")).expectNoEvents().expectException(refusal(Refusal.MESSAGE_EMPTY));
    }

    @Test
    void aRetractionIsAnEntryThatNamesItsMessage() {
        fixture.when(retract(BEN, 2))
                .expectEvents(new MessageRetracted(GROUP, BEN, 2, fixture.at()))
                .expectResultMessagePayload(fixture.ackAt(3));
    }

    @Test
    void theOwnerAndAdminsRetractAnyMessage() {
        fixture.when(retract(ANN, 2)).expectResultMessagePayload(fixture.ackAt(3));
        new ConversationFixture()
                .givenOpenGroup()
                .givenMessage(ANN, "a1", "one")
                .givenRole(BEN, MemberRole.ADMIN)
                .when(retract(BEN, 2))
                .expectResultMessagePayload(fixture.ackAt(4));
    }

    @Test
    void membersRetractOnlyTheirOwnMessages() {
        fixture.givenMessage(ANN, "a1", "one")
                .when(retract(BEN, 3))
                .expectNoEvents()
                .expectException(refusal(Refusal.NOT_YOUR_MESSAGE));
    }

    @Test
    void inADirectConversationNobodyRetractsMessagesOfTheOther() {
        ConversationFixture direct = new ConversationFixture().givenDirect();
        direct.givenMessage(BEN, "b1", "hello")
                .when(new RetractMessage(direct.direct(), ANN, 2))
                .expectNoEvents()
                .expectException(refusal(Refusal.NOT_YOUR_MESSAGE));
    }

    @Test
    void aRepeatedRetractionGetsTheFirstAnswer() {
        fixture.given(new MessageRetracted(GROUP, BEN, 2, fixture.at()));

        fixture.when(retract(ANN, 2)).expectNoEvents().expectResultMessagePayload(fixture.ackAt(3));
    }

    @Test
    void aRetractedMessageIsNotEdited() {
        fixture.given(new MessageRetracted(GROUP, BEN, 2, fixture.at()))
                .when(edit(BEN, 2, "hello"))
                .expectNoEvents()
                .expectException(refusal(Refusal.MESSAGE_RETRACTED));
    }

    @Test
    void aRetractedMessageGetsNoReaction() {
        fixture.given(new MessageRetracted(GROUP, BEN, 2, fixture.at()))
                .when(react(ANN, 2, "👍", true))
                .expectNoEvents()
                .expectException(refusal(Refusal.MESSAGE_RETRACTED));
    }

    @Test
    void aRetryOfAnEditBeforeTheRetractionGetsItsAnswer() {
        fixture.given(edited("hello"), new MessageRetracted(GROUP, BEN, 2, fixture.at()))
                .when(edit(BEN, 2, "hello"))
                .expectNoEvents()
                .expectResultMessagePayload(fixture.ackAt(3));
    }

    @Test
    void anyMemberReacts() {
        fixture.when(react(ANN, 2, "👍", true))
                .expectEvents(new ReactionChanged(GROUP, ANN, 2, "👍", true, fixture.at()))
                .expectResultMessagePayload(fixture.ackAt(3));
    }

    @Test
    void aRepeatedReactionGetsTheFirstAnswer() {
        fixture.given(new ReactionChanged(GROUP, ANN, 2, "👍", true, fixture.at()))
                .when(react(ANN, 2, "👍", true))
                .expectNoEvents()
                .expectResultMessagePayload(fixture.ackAt(3));
    }

    @Test
    void reactionsAreDistinctByUserAndEmoji() {
        fixture.given(new ReactionChanged(GROUP, ANN, 2, "👍", true, fixture.at()))
                .when(react(BEN, 2, "👍", true))
                .expectResultMessagePayload(fixture.ackAt(4));
    }

    @Test
    void aReactionIsRemoved() {
        fixture.given(new ReactionChanged(GROUP, ANN, 2, "👍", true, fixture.at()))
                .when(react(ANN, 2, "👍", false))
                .expectEvents(new ReactionChanged(GROUP, ANN, 2, "👍", false, fixture.at()));
    }

    @Test
    void aReactionIsOneEmoji() {
        fixture.when(react(ANN, 2, "nice", true)).expectNoEvents().expectException(refusal(Refusal.EMOJI_INVALID));
    }

    static Stream<ConversationCommand> ofPositionsThatAreNotThere() {
        return Stream.of(-1L, 0L, 3L, Long.MAX_VALUE).flatMap(target -> all(BEN, target));
    }

    @ParameterizedTest
    @MethodSource("ofPositionsThatAreNotThere")
    void aMissingMessageIsNotChanged(ConversationCommand command) {
        fixture.when(command).expectNoEvents().expectException(refusal(Refusal.POSITION_NOT_FOUND));
    }

    static Stream<ConversationCommand> ofTheStart() {
        return all(BEN, 1);
    }

    @ParameterizedTest
    @MethodSource("ofTheStart")
    void onlyMessagesAreChanged(ConversationCommand command) {
        fixture.when(command).expectNoEvents().expectException(refusal(Refusal.NOT_A_MESSAGE));
    }

    static Stream<ConversationCommand> ofCleo() {
        return all(CLEO, 2);
    }

    @ParameterizedTest
    @MethodSource("ofCleo")
    void aMessageFromBeforeTheMembershipIsNotChanged(ConversationCommand command) {
        fixture.givenJoined(CLEO).when(command).expectNoEvents().expectException(refusal(Refusal.POSITION_NOT_FOUND));
    }

    @ParameterizedTest
    @MethodSource("ofCleo")
    void nonMembersChangeNothing(ConversationCommand command) {
        fixture.when(command).expectNoEvents().expectException(refusal(Refusal.NOT_A_MEMBER));
    }

    @ParameterizedTest
    @MethodSource("ofCleo")
    void aMissingConversationIsNotChanged(ConversationCommand command) {
        new ConversationFixture()
                .when(command)
                .expectNoEvents()
                .expectException(refusal(Refusal.CONVERSATION_NOT_FOUND));
    }

    private MessageEdited edited(String text) {
        SealedText sealed = fixture.protection.seal(BEN, text, TextProtection.editContext(GROUP, BEN, 2));
        String hash = ContentHash.ofEdit(edit(BEN, 2, text), List.of(), fixture.hashes);
        return new MessageEdited(GROUP, BEN, 2, sealed, List.of(), hash, fixture.at());
    }

    private static Stream<ConversationCommand> all(UserId by, long target) {
        return Stream.of(edit(by, target, "other"), retract(by, target), react(by, target, "👍", true));
    }

    private static EditMessage edit(UserId by, long target, String text, UserId... mentions) {
        return new EditMessage(GROUP, by, target, text, List.of(mentions));
    }

    private static RetractMessage retract(UserId by, long target) {
        return new RetractMessage(GROUP, by, target);
    }

    private static ChangeReaction react(UserId by, long target, String emoji, boolean added) {
        return new ChangeReaction(GROUP, by, target, emoji, added);
    }
}
