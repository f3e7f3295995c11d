package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.refusal;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.Preferences;
import chat.parley.api.inbox.ReadMarkCommand.ChangePreferences;
import chat.parley.api.inbox.ReadMarkCommand.MoveReadMark;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.inbox.ReadMarkId;
import chat.parley.testing.MutableClock;
import java.time.Clock;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadMarkTest {
    private static final ConversationId CONVERSATION = new ConversationId("group");
    private static final UserId ANN = new UserId("ann");
    private static final ReadMarkId ID = new ReadMarkId(CONVERSATION, ANN);

    private final AggregateTestFixture<ReadMark> fixture = new AggregateTestFixture<>(ReadMark.class);
    private final Clock clock = MutableClock.betweenMilliseconds();

    @BeforeEach
    void setUp() {
        fixture.registerInjectableResource(clock);
    }

    @Test
    void beginsAtTheFirstReadPosition() {
        fixture.givenNoPriorActivity().when(new MoveReadMark(ID, 7)).expectEvents(moved(7));
    }

    @Test
    void movesForward() {
        fixture.given(moved(7)).when(new MoveReadMark(ID, 8)).expectEvents(moved(8));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 6, 7})
    void neverMovesBack(long position) {
        fixture.given(moved(7))
                .when(new MoveReadMark(ID, position))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void isAlwaysAtAValidPosition(long position) {
        fixture.givenNoPriorActivity()
                .when(new MoveReadMark(ID, position))
                .expectNoEvents()
                .expectException(refusal(Refusal.INVALID_PARAMETER));
    }

    @Test
    void canBeginWithAPreference() {
        fixture.givenNoPriorActivity()
                .when(new ChangePreferences(ID, false, null, null))
                .expectEvents(preferences(false, false));
    }

    @Test
    void keepsPreferencesBesideThePosition() {
        fixture.given(moved(7), preferences(true, false))
                .when(new ChangePreferences(ID, null, true, null))
                .expectEvents(preferences(true, true));
    }

    @Test
    void theSamePreferencesAgainChangeNothing() {
        fixture.given(preferences(true, false))
                .when(new ChangePreferences(ID, true, false, false))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void isMarkedAsUnreadUntilTheNextMark() {
        fixture.given(moved(7), preferences(true, false))
                .when(new ChangePreferences(ID, null, null, true))
                .expectEvents(unread())
                .expectResultMessagePayload(new Preferences(true, false, true));
    }

    /** A conversation that is opened again has been read before. */
    @ParameterizedTest
    @ValueSource(longs = {1, 7})
    void anyPositionEndsTheMarkAsUnread(long position) {
        fixture.given(moved(7), unread()).when(new MoveReadMark(ID, position)).expectEvents(moved(7));
    }

    @Test
    void aFurtherMoveToThatPositionChangesNothing() {
        fixture.given(moved(7), unread(), moved(7))
                .when(new MoveReadMark(ID, 7))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void isMarkedAsUnreadOnce() {
        fixture.given(moved(7), unread())
                .when(new ChangePreferences(ID, null, null, true))
                .expectNoEvents()
                .expectResultMessagePayload(new Preferences(true, false, true));
    }

    private static PreferencesChanged unread() {
        return new PreferencesChanged(CONVERSATION, ANN, true, false, true, MutableClock.START);
    }

    private ReadMarkMoved moved(long position) {
        return new ReadMarkMoved(CONVERSATION, ANN, position, MutableClock.START);
    }

    private PreferencesChanged preferences(boolean muted, boolean pinned) {
        return new PreferencesChanged(CONVERSATION, ANN, muted, pinned, false, MutableClock.START);
    }
}
