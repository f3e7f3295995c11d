package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.ANN;
import static chat.parley.domain.ConversationFixture.BEN;
import static chat.parley.domain.ConversationFixture.CLEO;
import static chat.parley.domain.ConversationFixture.GROUP;
import static chat.parley.domain.ConversationFixture.refusal;

import chat.parley.api.Refusal;
import chat.parley.api.conversation.ConversationCommand.PinMessage;
import chat.parley.api.conversation.ConversationCommand.UnpinMessage;
import chat.parley.api.conversation.ConversationEvent.MessagePinned;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageUnpinned;
import chat.parley.api.conversation.MemberRole;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PinningMessagesTest {
    private final ConversationFixture fixture =
            new ConversationFixture().givenGroup().givenMessage(BEN, "b1", "rules of this group");

    @Test
    void aPinIsAnEntryThatNamesItsMessage() {
        fixture.when(new PinMessage(GROUP, ANN, 2))
                .expectEvents(pinned(2))
                .expectResultMessagePayload(fixture.ackAt(3));
    }

    @Test
    void aMessageIsPinnedOnce() {
        fixture.givenRole(BEN, MemberRole.ADMIN)
                .given(pinned(2))
                .when(new PinMessage(GROUP, BEN, 2))
                .expectNoEvents()
                .expectResultMessagePayload(fixture.ackAt(4));
    }

    @Test
    void aPinIsRemoved() {
        fixture.given(pinned(2))
                .when(new UnpinMessage(GROUP, ANN, 2))
                .expectEvents(unpinned(2))
                .expectResultMessagePayload(fixture.ackAt(4));
    }

    @Test
    void aRepeatedRemovalChangesNothing() {
        fixture.given(pinned(2), unpinned(2))
                .when(new UnpinMessage(GROUP, ANN, 2))
                .expectNoEvents()
                .expectResultMessagePayload(fixture.ackAt(4));
    }

    @Test
    void removingAPinThatDoesNotExistChangesNothing() {
        fixture.when(new UnpinMessage(GROUP, ANN, 2)).expectNoEvents().expectResultMessagePayload(fixture.ackAt(2));
    }

    @Test
    void aMessageCanBePinnedAgain() {
        fixture.given(pinned(2), unpinned(2))
                .when(new PinMessage(GROUP, ANN, 2))
                .expectEvents(pinned(2))
                .expectResultMessagePayload(fixture.ackAt(5));
    }

    @Test
    void inAGroupOnlyAdminsPin() {
        fixture.when(new PinMessage(GROUP, BEN, 2)).expectNoEvents().expectException(refusal(Refusal.ROLE_REQUIRED));
        fixture.given(pinned(2))
                .when(new UnpinMessage(GROUP, BEN, 2))
                .expectNoEvents()
                .expectException(refusal(Refusal.ROLE_REQUIRED));
    }

    @Test
    void inADirectConversationBothUsersPin() {
        ConversationFixture direct = new ConversationFixture().givenDirect();
        direct.givenMessage(ANN, "a1", "our address")
                .when(new PinMessage(direct.direct(), BEN, 2))
                .expectEvents(new MessagePinned(direct.direct(), BEN, 2, direct.at()));
    }

    @Test
    void aBlockStopsPinningInADirectConversation() {
        ConversationFixture direct = new ConversationFixture().givenDirect().givenMessage(ANN, "a1", "our address");
        direct.relations.block(ANN, BEN);
        direct.when(new PinMessage(direct.direct(), BEN, 2)).expectNoEvents().expectException(refusal(Refusal.BLOCKED));
    }

    @Test
    void nonMembersPinNothing() {
        fixture.when(new PinMessage(GROUP, CLEO, 2)).expectNoEvents().expectException(refusal(Refusal.NOT_A_MEMBER));
    }

    @Test
    void onlyExistingMessagesArePinned() {
        fixture.when(new PinMessage(GROUP, ANN, 1)).expectNoEvents().expectException(refusal(Refusal.NOT_A_MESSAGE));
        fixture.when(new PinMessage(GROUP, ANN, 3))
                .expectNoEvents()
                .expectException(refusal(Refusal.POSITION_NOT_FOUND));
    }

    @Test
    void aRetractedMessageIsNotPinned() {
        fixture.given(new MessageRetracted(GROUP, BEN, 2, fixture.at()))
                .when(new PinMessage(GROUP, ANN, 2))
                .expectNoEvents()
                .expectException(refusal(Refusal.MESSAGE_RETRACTED));
    }

    @Test
    void aRetractionRemovesThePin() {
        fixture.given(pinned(2), new MessageRetracted(GROUP, BEN, 2, fixture.at()))
                .when(new UnpinMessage(GROUP, ANN, 2))
                .expectNoEvents()
                .expectResultMessagePayload(fixture.ackAt(2));
    }

    @Test
    void theNumberOfPinsIsLimited() {
        IntStream.range(0, Conversation.MAX_PINS)
                .forEach(i -> fixture.givenMessage(BEN, "m" + i, "message " + i).given(pinned(2 * i + 3)));
        fixture.when(new PinMessage(GROUP, ANN, 2)).expectNoEvents().expectException(refusal(Refusal.LIMIT_EXCEEDED));
        fixture.given(unpinned(3)).when(new PinMessage(GROUP, ANN, 2)).expectEvents(pinned(2));
    }

    private MessagePinned pinned(long target) {
        return new MessagePinned(GROUP, ANN, target, fixture.at());
    }

    private MessageUnpinned unpinned(long target) {
        return new MessageUnpinned(GROUP, ANN, target, fixture.at());
    }
}
