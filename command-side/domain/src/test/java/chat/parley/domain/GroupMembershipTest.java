package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.ANN;
import static chat.parley.domain.ConversationFixture.BEN;
import static chat.parley.domain.ConversationFixture.CLEO;
import static chat.parley.domain.ConversationFixture.DAN;
import static chat.parley.domain.ConversationFixture.GROUP;
import static chat.parley.domain.ConversationFixture.refusal;
import static chat.parley.domain.ConversationMatchers.only;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.AddMember;
import chat.parley.api.conversation.ConversationCommand.ChangeJoinability;
import chat.parley.api.conversation.ConversationCommand.ChangeMemberRole;
import chat.parley.api.conversation.ConversationCommand.JoinGroup;
import chat.parley.api.conversation.ConversationCommand.RemoveMember;
import chat.parley.api.conversation.ConversationCommand.RenameGroup;
import chat.parley.api.conversation.ConversationEvent.GroupRenamed;
import chat.parley.api.conversation.ConversationEvent.JoinabilityChanged;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MemberRoleChanged;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.port.TextProtection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GroupMembershipTest {
    private static final UserId EVE = new UserId("eve");

    private final ConversationFixture fixture = new ConversationFixture();

    @Nested
    class Joining {
        @Test
        void anybodyJoinsAnOpenGroup() {
            fixture.givenOpenGroup()
                    .when(new JoinGroup(GROUP, CLEO))
                    .expectEvents(new MemberJoined(GROUP, CLEO, CLEO, fixture.at()))
                    .expectResultMessagePayload(fixture.ackAt(2));
        }

        @Test
        void nobodyJoinsAnInviteOnlyGroup() {
            fixture.givenGroup()
                    .when(new JoinGroup(GROUP, CLEO))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.GROUP_INVITE_ONLY));
        }

        @Test
        void aMemberGetsThePositionOfTheirJoining() {
            fixture.givenOpenGroup()
                    .givenJoined(CLEO)
                    .givenMessage(ANN, "a1", "welcome")
                    .when(new JoinGroup(GROUP, CLEO))
                    .expectNoEvents()
                    .expectResultMessagePayload(fixture.ackAt(2));
        }

        @Test
        void aFullGroupIsClosed() {
            fixture.givenOpenGroup()
                    .givenJoined(CLEO)
                    .givenJoined(DAN)
                    .when(new JoinGroup(GROUP, EVE))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.GROUP_FULL));
        }

        @Test
        void aUserWhoJoinsAnEmptyGroupBecomesItsOwner() {
            fixture.givenOpenGroup()
                    .givenLeft(BEN)
                    .givenLeft(ANN)
                    .when(new JoinGroup(GROUP, CLEO))
                    .expectEvents(
                            new MemberJoined(GROUP, CLEO, CLEO, fixture.at()),
                            new MemberRoleChanged(GROUP, CLEO, CLEO, MemberRole.OWNER, fixture.at()))
                    .expectResultMessagePayload(fixture.ackAt(4));
        }
    }

    @Nested
    class Adding {
        @Test
        void theOwnerAddsUsers() {
            fixture.givenGroup()
                    .when(new AddMember(GROUP, ANN, CLEO))
                    .expectEvents(new MemberJoined(GROUP, ANN, CLEO, fixture.at()))
                    .expectResultMessagePayload(fixture.ackAt(2));
        }

        @Test
        void anAdminAddsUsers() {
            fixture.givenGroup()
                    .givenRole(BEN, MemberRole.ADMIN)
                    .when(new AddMember(GROUP, BEN, CLEO))
                    .expectEvents(new MemberJoined(GROUP, BEN, CLEO, fixture.at()));
        }

        @Test
        void aMemberWithoutARoleAddsNobodyEvenToAnOpenGroup() {
            fixture.givenOpenGroup()
                    .when(new AddMember(GROUP, BEN, CLEO))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.ROLE_REQUIRED));
        }

        @Test
        void aMemberIsNotAddedAgain() {
            fixture.givenGroup()
                    .givenMessage(BEN, "b1", "hello")
                    .when(new AddMember(GROUP, ANN, BEN))
                    .expectNoEvents()
                    .expectResultMessagePayload(fixture.ackAt(1));
        }

        @Test
        void aFullGroupIsClosed() {
            fixture.givenGroup()
                    .givenJoined(CLEO)
                    .givenJoined(DAN)
                    .when(new AddMember(GROUP, ANN, EVE))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.GROUP_FULL));
        }
    }

    @Nested
    class Leaving {
        @Test
        void aMemberLeaves() {
            fixture.givenGroup()
                    .when(new RemoveMember(GROUP, BEN, BEN))
                    .expectEvents(new MemberLeft(GROUP, BEN, BEN, fixture.at()))
                    .expectResultMessagePayload(fixture.ackAt(2));
        }

        @Test
        void leavingAgainGetsTheFirstAnswer() {
            fixture.givenGroup()
                    .givenLeft(BEN)
                    .givenMessage(ANN, "a1", "pity")
                    .when(new RemoveMember(GROUP, BEN, BEN))
                    .expectNoEvents()
                    .expectResultMessagePayload(fixture.ackAt(2));
        }

        @Test
        void theOwnerCannotLeaveBeforeOtherMembers() {
            fixture.givenGroup()
                    .when(new RemoveMember(GROUP, ANN, ANN))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.OWNER_CANNOT_LEAVE));
        }

        @Test
        void theOwnerLeavesAsTheLastMember() {
            fixture.givenGroup()
                    .givenLeft(BEN)
                    .when(new RemoveMember(GROUP, ANN, ANN))
                    .expectEvents(new MemberLeft(GROUP, ANN, ANN, fixture.at()));
        }

        @Test
        void theOwnerRemovesAnyMember() {
            fixture.givenGroup()
                    .givenRole(BEN, MemberRole.ADMIN)
                    .when(new RemoveMember(GROUP, ANN, BEN))
                    .expectEvents(new MemberLeft(GROUP, ANN, BEN, fixture.at()));
        }

        @Test
        void anAdminRemovesMembers() {
            fixture.givenGroup()
                    .givenJoined(CLEO)
                    .givenRole(BEN, MemberRole.ADMIN)
                    .when(new RemoveMember(GROUP, BEN, CLEO))
                    .expectEvents(new MemberLeft(GROUP, BEN, CLEO, fixture.at()));
        }

        @Test
        void anAdminRemovesNeitherAdminsNorTheOwner() {
            fixture.givenGroup()
                    .givenJoined(CLEO)
                    .givenRole(BEN, MemberRole.ADMIN)
                    .givenRole(CLEO, MemberRole.ADMIN);

            fixture.when(new RemoveMember(GROUP, BEN, CLEO))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.ROLE_REQUIRED));
            fixture.when(new RemoveMember(GROUP, BEN, ANN))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.ROLE_REQUIRED));
        }

        @Test
        void aMemberWithoutARoleRemovesNobody() {
            fixture.givenGroup()
                    .givenJoined(CLEO)
                    .when(new RemoveMember(GROUP, BEN, CLEO))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.ROLE_REQUIRED));
        }

        @Test
        void removingAgainGetsTheFirstAnswer() {
            fixture.givenGroup()
                    .given(new MemberLeft(GROUP, ANN, BEN, fixture.at()))
                    .when(new RemoveMember(GROUP, ANN, BEN))
                    .expectNoEvents()
                    .expectResultMessagePayload(fixture.ackAt(2));
        }

        @Test
        void aUserWhoWasNeverAMemberIsNotRemoved() {
            fixture.givenGroup()
                    .when(new RemoveMember(GROUP, ANN, EVE))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.USER_NOT_FOUND));
        }

        @Test
        void aReturningMemberCanLeaveAgain() {
            fixture.givenGroup()
                    .givenLeft(BEN)
                    .givenJoined(BEN)
                    .when(new RemoveMember(GROUP, BEN, BEN))
                    .expectResultMessagePayload(fixture.ackAt(4));
        }
    }

    @Nested
    class Roles {
        @ParameterizedTest
        @EnumSource(
                value = MemberRole.class,
                names = {"MEMBER", "ADMIN"})
        void theOwnerGrantsAndRevokesRoles(MemberRole role) {
            MemberRole before = role == MemberRole.ADMIN ? MemberRole.MEMBER : MemberRole.ADMIN;
            fixture.givenGroup()
                    .givenRole(BEN, before)
                    .when(new ChangeMemberRole(GROUP, ANN, BEN, role))
                    .expectResultMessagePayload(fixture.ackAt(3));
        }

        @Test
        void aRoleIsGrantedOnce() {
            fixture.givenGroup()
                    .givenRole(BEN, MemberRole.ADMIN)
                    .when(new ChangeMemberRole(GROUP, ANN, BEN, MemberRole.ADMIN))
                    .expectNoEvents()
                    .expectResultMessagePayload(fixture.ackAt(2));
        }

        @Test
        void theFormerOwnerLosesTheOwnership() {
            fixture.givenGroup()
                    .when(new ChangeMemberRole(GROUP, ANN, BEN, MemberRole.OWNER))
                    .expectEvents(
                            new MemberRoleChanged(GROUP, ANN, BEN, MemberRole.OWNER, fixture.at()),
                            new MemberRoleChanged(GROUP, ANN, ANN, MemberRole.ADMIN, fixture.at()))
                    .expectResultMessagePayload(fixture.ackAt(2));
        }

        @Test
        void handingOverAgainGetsTheFirstAnswer() {
            fixture.givenGroup()
                    .givenRole(BEN, MemberRole.OWNER)
                    .givenRole(ANN, MemberRole.ADMIN)
                    .when(new ChangeMemberRole(GROUP, ANN, BEN, MemberRole.OWNER))
                    .expectNoEvents()
                    .expectResultMessagePayload(fixture.ackAt(2));
        }

        @Test
        void aMemberIsNotToldWhoHasLeft() {
            fixture.givenGroup()
                    .givenJoined(CLEO)
                    .givenLeft(CLEO)
                    .when(new RemoveMember(GROUP, BEN, CLEO))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.ROLE_REQUIRED));
        }

        @Test
        void onlyTheOwnerChangesRoles() {
            fixture.givenGroup()
                    .givenJoined(CLEO)
                    .givenRole(BEN, MemberRole.ADMIN)
                    .when(new ChangeMemberRole(GROUP, BEN, CLEO, MemberRole.ADMIN))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.ROLE_REQUIRED));
        }

        @Test
        void theOwnerDoesNotStepDownWithoutASuccessor() {
            fixture.givenGroup()
                    .when(new ChangeMemberRole(GROUP, ANN, ANN, MemberRole.MEMBER))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.OWNER_CANNOT_LEAVE));
        }

        @Test
        void aNonMemberHasNoRole() {
            fixture.givenGroup()
                    .when(new ChangeMemberRole(GROUP, ANN, CLEO, MemberRole.ADMIN))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.USER_NOT_FOUND));
        }
    }

    @Nested
    class Settings {
        @Test
        void adminsAndTheOwnerRename() {
            fixture.givenGroup()
                    .when(new RenameGroup(GROUP, ANN, "Saturday"))
                    .expectResultMessagePayload(fixture.ackAt(2))
                    .expectEventsMatching(only(
                            GroupRenamed.class,
                            renamed -> assertThat(fixture.protection.reveal(
                                            renamed.title(), TextProtection.titleContext(GROUP)))
                                    .hasValue("Saturday")));
        }

        @Test
        void theSameTitleAgainIsNoEntry() {
            fixture.givenGroup()
                    .when(new RenameGroup(GROUP, ANN, "Friday"))
                    .expectNoEvents()
                    .expectResultMessagePayload(fixture.ackAt(1));
        }

        @Test
        void anErasedTitleCanBeSetAgain() {
            fixture.givenGroup().givenRole(BEN, MemberRole.ADMIN);
            fixture.protection.destroy(ANN);

            fixture.when(new RenameGroup(GROUP, BEN, "Friday")).expectResultMessagePayload(fixture.ackAt(3));
        }

        @Test
        void aTitleCannotBeBlank() {
            fixture.givenGroup()
                    .when(new RenameGroup(GROUP, ANN, " "))
                    .expectNoEvents()
                    .expectException(refusal(Refusal.TITLE_INVALID));
        }

        @Test
        void adminsAndTheOwnerChangeTheJoinability() {
            fixture.givenGroup()
                    .givenRole(BEN, MemberRole.ADMIN)
                    .when(new ChangeJoinability(GROUP, BEN, true))
                    .expectEvents(new JoinabilityChanged(GROUP, BEN, true, fixture.at()))
                    .expectResultMessagePayload(fixture.ackAt(3));
        }

        @Test
        void anOpenGroupIsNotOpenedAgain() {
            fixture.givenOpenGroup()
                    .when(new ChangeJoinability(GROUP, ANN, true))
                    .expectNoEvents()
                    .expectResultMessagePayload(fixture.ackAt(1));
        }

        @Test
        void membersWithoutARoleChangeNeither() {
            fixture.givenGroup();

            fixture.when(new RenameGroup(GROUP, BEN, "Mine")).expectException(refusal(Refusal.ROLE_REQUIRED));
            fixture.when(new ChangeJoinability(GROUP, BEN, true)).expectException(refusal(Refusal.ROLE_REQUIRED));
        }
    }

    @Nested
    class Elsewhere {
        static Stream<ConversationCommand> ofAnn(ConversationId conversation) {
            return Stream.of(
                    new JoinGroup(conversation, ANN),
                    new AddMember(conversation, ANN, CLEO),
                    new RemoveMember(conversation, ANN, ANN),
                    new RemoveMember(conversation, ANN, BEN),
                    new ChangeMemberRole(conversation, ANN, BEN, MemberRole.OWNER),
                    new RenameGroup(conversation, ANN, "Ours"),
                    new ChangeJoinability(conversation, ANN, true));
        }

        static Stream<ConversationCommand> inADirectConversation() {
            return ofAnn(new ConversationFixture().direct());
        }

        @ParameterizedTest
        @MethodSource("inADirectConversation")
        void groupCommandsDoNotApplyToADirectConversation(ConversationCommand command) {
            fixture.givenDirect().when(command).expectNoEvents().expectException(refusal(Refusal.NOT_A_GROUP));
        }

        static Stream<ConversationCommand> ofStrangers() {
            return Stream.of(
                    new AddMember(GROUP, EVE, CLEO),
                    new RemoveMember(GROUP, EVE, EVE),
                    new RemoveMember(GROUP, EVE, BEN),
                    new ChangeMemberRole(GROUP, EVE, BEN, MemberRole.ADMIN),
                    new RenameGroup(GROUP, EVE, "Mine"),
                    new ChangeJoinability(GROUP, EVE, true));
        }

        @ParameterizedTest
        @MethodSource("ofStrangers")
        void nonMembersChangeNothing(ConversationCommand command) {
            fixture.givenGroup().when(command).expectNoEvents().expectException(refusal(Refusal.NOT_A_MEMBER));
        }

        static Stream<ConversationCommand> inNoGroup() {
            return ofAnn(GROUP);
        }

        @ParameterizedTest
        @MethodSource("inNoGroup")
        void aMissingGroupIsNotChanged(ConversationCommand command) {
            fixture.when(command).expectNoEvents().expectException(refusal(Refusal.CONVERSATION_NOT_FOUND));
        }
    }
}
