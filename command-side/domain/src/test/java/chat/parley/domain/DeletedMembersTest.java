package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.ANN;
import static chat.parley.domain.ConversationFixture.BEN;
import static chat.parley.domain.ConversationFixture.CLEO;
import static chat.parley.domain.ConversationFixture.GROUP;
import static chat.parley.domain.ConversationFixture.refusal;

import chat.parley.api.Refusal;
import chat.parley.api.conversation.ConversationCommand.RemoveDeletedMember;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MemberRoleChanged;
import chat.parley.api.conversation.MemberRole;
import org.junit.jupiter.api.Test;

/** A user whose account is deleted leaves all groups; ownership passes to another member. */
class DeletedMembersTest {
    private final ConversationFixture fixture = new ConversationFixture();

    @Test
    void leaveTheirGroups() {
        fixture.givenGroup()
                .when(new RemoveDeletedMember(GROUP, BEN))
                .expectEvents(new MemberLeft(GROUP, BEN, BEN, fixture.at()));
    }

    @Test
    void leaveTheirGroupsOnce() {
        fixture.givenGroup()
                .givenLeft(BEN)
                .when(new RemoveDeletedMember(GROUP, BEN))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void areSucceededByTheAdminWithTheLongestMembership() {
        fixture.givenGroup()
                .givenJoined(CLEO)
                .givenRole(CLEO, MemberRole.ADMIN)
                .when(new RemoveDeletedMember(GROUP, ANN))
                .expectEvents(
                        new MemberRoleChanged(GROUP, ANN, CLEO, MemberRole.OWNER, fixture.at()),
                        new MemberLeft(GROUP, ANN, ANN, fixture.at()));
    }

    @Test
    void areSucceededByTheMemberWithTheLongestMembershipIfThereIsNoAdmin() {
        fixture.givenGroup()
                .givenLeft(BEN)
                .givenJoined(CLEO)
                .givenJoined(BEN)
                .when(new RemoveDeletedMember(GROUP, ANN))
                .expectEvents(
                        new MemberRoleChanged(GROUP, ANN, CLEO, MemberRole.OWNER, fixture.at()),
                        new MemberLeft(GROUP, ANN, ANN, fixture.at()));
    }

    @Test
    void haveNoSuccessorIfTheyWereAlone() {
        fixture.givenGroup()
                .givenLeft(BEN)
                .when(new RemoveDeletedMember(GROUP, ANN))
                .expectEvents(new MemberLeft(GROUP, ANN, ANN, fixture.at()));
    }

    @Test
    void stayInTheirDirectConversations() {
        fixture.givenDirect()
                .when(new RemoveDeletedMember(fixture.direct(), ANN))
                .expectNoEvents()
                .expectException(refusal(Refusal.NOT_A_GROUP));
    }
}
