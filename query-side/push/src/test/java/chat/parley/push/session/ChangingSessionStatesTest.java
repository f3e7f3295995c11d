package chat.parley.push.session;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.push.session.SessionState.Event;
import chat.parley.push.session.SessionState.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangingSessionStatesTest {
    private final SessionState state = new SessionState();

    @Test
    void aClientGoesLiveAfterItsHelloAndItsBacklog() {
        assertThat(state.current()).isEqualTo(State.AWAITING_HELLO);
        changes(Event.HELLO_RECEIVED, State.VERIFYING_HELLO);
        changes(Event.HELLO_ACCEPTED, State.CATCHING_UP);
        changes(Event.CAUGHT_UP, State.LIVE);
        changes(Event.CLOSE_STARTED, State.CLOSING);
        changes(Event.SOCKET_CLOSED, State.CLOSED);
    }

    @Test
    void anotherHelloMayFollowARefusedOne() {
        changes(Event.HELLO_RECEIVED, State.VERIFYING_HELLO);
        ignores(Event.HELLO_RECEIVED);
        changes(Event.HELLO_REFUSED, State.AWAITING_HELLO);
        changes(Event.HELLO_RECEIVED, State.VERIFYING_HELLO);
    }

    @Test
    void aFailedLogoutReturnsToTheStateBefore() {
        catchUp();
        changes(Event.LOGOUT_STARTED, State.LOGGING_OUT);
        changes(Event.LOGOUT_FAILED, State.CATCHING_UP);
        changes(Event.CAUGHT_UP, State.LIVE);
        changes(Event.LOGOUT_STARTED, State.LOGGING_OUT);
        changes(Event.LOGOUT_FAILED, State.LIVE);
    }

    @Test
    void aFailedLogoutReturnsToLiveIfTheClientCaughtUpMeanwhile() {
        catchUp();
        changes(Event.LOGOUT_STARTED, State.LOGGING_OUT);
        ignores(Event.CAUGHT_UP);
        changes(Event.LOGOUT_FAILED, State.LIVE);
    }

    @ParameterizedTest
    @EnumSource
    void nothingReopensAClosedSocket(Event event) {
        changes(Event.SOCKET_CLOSED, State.CLOSED);
        ignores(event);
    }

    @ParameterizedTest
    @EnumSource(names = "SOCKET_CLOSED", mode = EnumSource.Mode.EXCLUDE)
    void onlyTheEndOfTheConnectionFollowsAClose(Event event) {
        changes(Event.CLOSE_STARTED, State.CLOSING);
        assertThat(state.isOpen()).isFalse();
        ignores(event);
    }

    private void catchUp() {
        changes(Event.HELLO_RECEIVED, State.VERIFYING_HELLO);
        changes(Event.HELLO_ACCEPTED, State.CATCHING_UP);
    }

    private void changes(Event event, State next) {
        assertThat(state.on(event)).isTrue();
        assertThat(state.current()).isEqualTo(next);
    }

    private void ignores(Event event) {
        State before = state.current();
        assertThat(state.on(event)).isFalse();
        assertThat(state.current()).isEqualTo(before);
    }
}
