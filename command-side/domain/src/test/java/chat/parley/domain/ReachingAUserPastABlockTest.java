package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.ANN;
import static chat.parley.domain.ConversationFixture.BEN;
import static chat.parley.domain.ConversationFixture.CLEO;
import static chat.parley.domain.ConversationFixture.GROUP;
import static chat.parley.domain.ConversationFixture.draft;
import static chat.parley.domain.ConversationFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand.AddMember;
import chat.parley.api.conversation.ConversationCommand.ChangeReaction;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.EditMessage;
import chat.parley.api.conversation.ConversationCommand.JoinGroup;
import chat.parley.api.conversation.ConversationCommand.RetractMessage;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationCommand.StartDirect;
import chat.parley.api.conversation.ConversationCommand.StartGroup;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.HistoryAccess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A block in either direction. */
class ReachingAUserPastABlockTest {
    private final ConversationFixture fixture = new ConversationFixture();

    private void blocked(String by) {
        UserId who = new UserId(by);
        fixture.relations.block(who, who.equals(ANN) ? BEN : ANN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "ben"})
    void isRefusedInTheirDirectConversation(String by) {
        blocked(by);
        ConversationFixture direct = fixture.givenDirect().givenMessage(ANN, "m1", "before");
        direct.when(new SendMessages(fixture.direct(), List.of(draft(ANN, "m2", "hello?"))))
                .expectNoEvents()
                .expectResultMessagePayload(ConversationFixture.refused(Refusal.BLOCKED));
        direct.when(new EditMessage(fixture.direct(), ANN, 2, "hello?", List.of()))
                .expectNoEvents()
                .expectException(refusal(Refusal.BLOCKED));
        direct.when(new ChangeReaction(fixture.direct(), BEN, 2, "👍", true))
                .expectNoEvents()
                .expectException(refusal(Refusal.BLOCKED));
        direct.when(new StartDirect(fixture.direct(), BEN, ANN))
                .expectNoEvents()
                .expectException(refusal(Refusal.BLOCKED));
    }

    @Test
    void keepsEarlierMessages() {
        blocked("ben");
        ConversationFixture direct = fixture.givenDirect().givenMessage(ANN, "m1", "before");
        direct.when(new SendMessages(fixture.direct(), List.of(draft(ANN, "m1", "before"))))
                .expectNoEvents()
                .expectResultMessagePayload(fixture.acceptedAt(2));
        direct.when(new RetractMessage(fixture.direct(), ANN, 2)).expectSuccessfulHandlerExecution();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "ben"})
    void isRefusedInANewGroup(String by) {
        blocked(by);
        fixture.when(new StartGroup(GROUP, ANN, "Hello, Ben", List.of(CLEO, BEN), false, HistoryAccess.ALL))
                .expectNoEvents()
                .expectException(refusal(Refusal.BLOCKED));
        ConversationFixture group = new ConversationFixture();
        group.relations.block(new UserId(by), new UserId(by).equals(ANN) ? BEN : ANN);
        group.given(group.groupOf(HistoryAccess.SINCE_JOINED, true, CLEO))
                .when(new AddMember(GROUP, ANN, BEN))
                .expectNoEvents()
                .expectException(refusal(Refusal.BLOCKED));
        group.when(new JoinGroup(GROUP, BEN)).expectSuccessfulHandlerExecution();
    }

    @Test
    void dropsTheMentionInACommonGroup() {
        blocked("ben");
        Draft draft = new Draft(ANN, new ClientMessageId("m1"), "@ben @cleo", null, List.of(BEN, CLEO));
        fixture.given(fixture.groupOf(HistoryAccess.ALL, false, BEN, CLEO))
                .when(ConversationFixture.send(draft))
                .expectEventsMatching(ConversationMatchers.only(
                        MessageSent.class, sent -> assertThat(sent.mentions()).containsExactly(CLEO)));
    }

    @Test
    void dropsTheMentionOfAnEditInACommonGroup() {
        blocked("ben");
        fixture.given(fixture.groupOf(HistoryAccess.ALL, false, BEN, CLEO))
                .givenMessage(ANN, "m1", "hello")
                .when(new EditMessage(GROUP, ANN, 2, "@ben @cleo", List.of(BEN, CLEO)))
                .expectEventsMatching(ConversationMatchers.only(
                        MessageEdited.class,
                        edited -> assertThat(edited.mentions()).containsExactly(CLEO)));
    }

    @Test
    void repeatsTheStartOfAGroup() {
        fixture.givenGroup();
        blocked("ben");
        fixture.when(new StartGroup(GROUP, ANN, "Friday", List.of(BEN), false, HistoryAccess.SINCE_JOINED))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        fixture.when(new AddMember(GROUP, ANN, BEN)).expectNoEvents().expectResultMessagePayload(fixture.ackAt(1));
    }
}
