package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.ANN;
import static chat.parley.domain.ConversationFixture.BEN;
import static chat.parley.domain.ConversationFixture.CLEO;
import static chat.parley.domain.ConversationFixture.GROUP;
import static chat.parley.domain.ConversationFixture.draft;
import static chat.parley.domain.ConversationFixture.refusal;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.conversation.ConversationCommand.AddMember;
import chat.parley.api.conversation.ConversationCommand.RetractMessage;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationCommand.StartDirect;
import chat.parley.api.conversation.ConversationCommand.StartGroup;
import chat.parley.api.conversation.HistoryAccess;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The other user's account is deactivated or deleted. */
class ReachingAClosedAccountTest {
    private final ConversationFixture fixture = new ConversationFixture();

    @ParameterizedTest
    @EnumSource(value = AccountStatus.class, mode = Mode.EXCLUDE, names = "ACTIVE")
    void isRefusedInTheirDirectConversation(AccountStatus status) {
        fixture.relations.setStatus(BEN, status);
        ConversationFixture direct = fixture.givenDirect().givenMessage(ANN, "m1", "before");
        direct.when(new SendMessages(fixture.direct(), List.of(draft(ANN, "m2", "hello?"))))
                .expectNoEvents()
                .expectResultMessagePayload(ConversationFixture.refused(Refusal.USER_UNAVAILABLE));
        direct.when(new SendMessages(fixture.direct(), List.of(draft(ANN, "m1", "before"))))
                .expectNoEvents()
                .expectResultMessagePayload(fixture.acceptedAt(2));
        direct.when(new StartDirect(fixture.direct(), ANN, BEN))
                .expectNoEvents()
                .expectException(refusal(Refusal.USER_UNAVAILABLE));
        direct.when(new RetractMessage(fixture.direct(), ANN, 2)).expectSuccessfulHandlerExecution();
    }

    @ParameterizedTest
    @EnumSource(value = AccountStatus.class, mode = Mode.EXCLUDE, names = "ACTIVE")
    void isRefusedInANewGroup(AccountStatus status) {
        fixture.relations.setStatus(CLEO, status);
        fixture.when(new StartGroup(GROUP, ANN, "Tea", List.of(BEN, CLEO), false, HistoryAccess.ALL))
                .expectNoEvents()
                .expectException(refusal(Refusal.USER_UNAVAILABLE));
        fixture.givenGroup()
                .when(new AddMember(GROUP, ANN, CLEO))
                .expectNoEvents()
                .expectException(refusal(Refusal.USER_UNAVAILABLE));
    }
}
