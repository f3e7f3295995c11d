package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.ANN;
import static chat.parley.domain.ConversationFixture.BEN;
import static chat.parley.domain.ConversationFixture.CLEO;
import static chat.parley.domain.ConversationFixture.DAN;
import static chat.parley.domain.ConversationFixture.GROUP;
import static chat.parley.domain.ConversationFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationCommand.StartDirect;
import chat.parley.api.conversation.ConversationCommand.StartGroup;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Started;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.MutableClock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartingAConversationTest {
    private final ConversationFixture fixture = new ConversationFixture();

    @Test
    void twoPeopleHaveOneConversation() {
        fixture.when(new StartDirect(fixture.direct(), ANN, BEN))
                .expectEvents(new DirectStarted(fixture.direct(), ANN, BEN, fixture.at()))
                .expectResultMessagePayload(new Started(fixture.direct(), 1, true));
    }

    @Test
    void theOtherUserGetsTheSameConversation() {
        fixture.givenDirect()
                .when(new StartDirect(fixture.direct(), BEN, ANN))
                .expectNoEvents()
                .expectResultMessagePayload(new Started(fixture.direct(), 1, false));
    }

    @Test
    void notesToOneselfAreAConversationOfOne() {
        ConversationId notes = fixture.hashes.directConversation(ANN, ANN);
        fixture.when(new StartDirect(notes, ANN, ANN))
                .expectEvents(new DirectStarted(notes, ANN, ANN, fixture.at()))
                .expectState(started -> assertThat(started)
                        .extracting("members")
                        .isInstanceOfSatisfying(
                                Members.class,
                                members -> assertThat(members.inOrder())
                                        .extracting(Member::user)
                                        .containsExactly(ANN)));
    }

    @Test
    void aDirectConversationHasTheIdOfItsTwoPeople() {
        fixture.when(new StartDirect(fixture.direct(), ANN, CLEO))
                .expectNoEvents()
                .expectException(refusal(Refusal.INVALID_ID));
    }

    @Test
    void theStarterOfAGroupIsItsOwnerAndListedOnce() {
        fixture.when(group("Friday", List.of(BEN, ANN, CLEO, BEN)))
                .expectResultMessagePayload(new Started(GROUP, 1, true))
                .expectEventsMatching(ConversationMatchers.only(GroupStarted.class, started -> {
                    assertThat(started.by()).isEqualTo(ANN);
                    assertThat(started.members()).containsExactly(BEN, CLEO);
                    assertThat(started.at()).isEqualTo(MutableClock.START);
                    assertThat(fixture.protection.reveal(started.title(), TextProtection.titleContext(GROUP)))
                            .hasValue("Friday");
                }));
    }

    @Test
    void aRepeatedStartGetsTheSameGroup() {
        fixture.givenGroup()
                .when(group("Friday", List.of(BEN)))
                .expectNoEvents()
                .expectResultMessagePayload(new Started(GROUP, 1, false));
    }

    @Test
    void anotherUsersGroupIsNotFoundByItsId() {
        fixture.givenGroup()
                .when(new StartGroup(GROUP, BEN, "Mine", List.of(), false, HistoryAccess.ALL))
                .expectNoEvents()
                .expectException(refusal(Refusal.INVALID_ID));
    }

    @Test
    void aGroupIsNeverStartedInPlaceOfADirectConversation() {
        fixture.givenDirect()
                .when(new StartGroup(fixture.direct(), ANN, "Mine", List.of(), false, HistoryAccess.ALL))
                .expectNoEvents()
                .expectException(refusal(Refusal.INVALID_ID));
    }

    @Test
    void aGroupHasALargestSize() {
        fixture.when(group("Friday", List.of(BEN, CLEO, DAN, new UserId("eve"))))
                .expectNoEvents()
                .expectException(refusal(Refusal.GROUP_FULL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u3164", "a\u0000b", "a\ud800b"})
    void anUnreadableTitleIsRefused(String title) {
        fixture.when(group(title, List.of(BEN))).expectNoEvents().expectException(refusal(Refusal.TITLE_INVALID));
    }

    @Test
    void theLengthOfATitleIsCountedInVisibleCharacters() {
        fixture.when(group("😀".repeat(200), List.of())).expectSuccessfulHandlerExecution();
        new ConversationFixture()
                .when(group("😀".repeat(201), List.of()))
                .expectException(refusal(Refusal.TITLE_INVALID));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 501})
    void theMaximumSizeOfAGroupHasBounds(int maxMembers) {
        assertThatThrownBy(() -> new GroupPolicy(maxMembers)).isInstanceOf(IllegalArgumentException.class);
    }

    private static StartGroup group(String title, List<UserId> members) {
        return new StartGroup(GROUP, ANN, title, members, false, HistoryAccess.SINCE_JOINED);
    }

    @Test
    void theIdOfADirectConversationDoesNotDependOnTheStarter() {
        ConversationId asked = fixture.hashes.directConversation(BEN, ANN);
        assertThat(asked).isEqualTo(fixture.direct());
    }
}
