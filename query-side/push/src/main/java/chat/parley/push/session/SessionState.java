package chat.parley.push.session;

import org.jspecify.annotations.Nullable;

/**
 * The state of one {@link SocketSession}, and all its transitions.
 *
 * <pre>
 * AWAITING_HELLO  --hello received-->  VERIFYING_HELLO  --refused, another may follow-->  AWAITING_HELLO
 * VERIFYING_HELLO --hello accepted-->  CATCHING_UP      --caught up-->                    LIVE
 * CATCHING_UP, LIVE --logout started-> LOGGING_OUT      --logout failed-->                CATCHING_UP or LIVE, as before
 * any open state  --close started-->   CLOSING          --socket closed-->                CLOSED
 * any state       --socket closed-->   CLOSED
 * </pre>
 *
 * <p>Threading: an event may come from any thread; events are applied one at a time, and the state can be read at any time.
 */
final class SessionState {
    private volatile State state = State.AWAITING_HELLO;

    /** The state that a failed logout returns to. */
    private State afterFailedLogout = State.LIVE;

    enum State {
        /** The socket is open, and only {@code hello} is accepted. */
        AWAITING_HELLO,
        /** The access token of a {@code hello} is being verified; nothing is read from the socket. */
        VERIFYING_HELLO,
        /** The client is known. Its frames are executed while the entries it missed are sent. */
        CATCHING_UP,
        /** The client gets each entry as it is stored. */
        LIVE,
        /**
         * The client's {@code bye} is executed. The event of the logout must not close the socket before the answer.
         */
        LOGGING_OUT,
        /** This node has sent a close frame and waits for the client's. */
        CLOSING,
        CLOSED
    }

    enum Event {
        HELLO_RECEIVED,
        HELLO_REFUSED,
        HELLO_ACCEPTED,
        CAUGHT_UP,
        LOGOUT_STARTED,
        LOGOUT_FAILED,
        CLOSE_STARTED,
        SOCKET_CLOSED
    }

    State current() {
        return state;
    }

    boolean isOpen() {
        return state != State.CLOSING && state != State.CLOSED;
    }

    /** @return whether the event changed the state; false if it has no meaning in the current state */
    synchronized boolean on(Event event) {
        State next = next(event);
        if (next == null) {
            return false;
        }
        state = next;
        return true;
    }

    private @Nullable State next(Event event) {
        return switch (event) {
            case HELLO_RECEIVED -> state == State.AWAITING_HELLO ? State.VERIFYING_HELLO : null;
            case HELLO_REFUSED -> state == State.VERIFYING_HELLO ? State.AWAITING_HELLO : null;
            case HELLO_ACCEPTED -> state == State.VERIFYING_HELLO ? State.CATCHING_UP : null;
            case CAUGHT_UP -> {
                afterFailedLogout = State.LIVE;
                yield state == State.CATCHING_UP ? State.LIVE : null;
            }
            case LOGOUT_STARTED -> {
                boolean isConnected = state == State.CATCHING_UP || state == State.LIVE;
                afterFailedLogout = isConnected ? state : afterFailedLogout;
                yield isConnected ? State.LOGGING_OUT : null;
            }
            case LOGOUT_FAILED -> state == State.LOGGING_OUT ? afterFailedLogout : null;
            case CLOSE_STARTED -> isOpen() ? State.CLOSING : null;
            case SOCKET_CLOSED -> state == State.CLOSED ? null : State.CLOSED;
        };
    }
}
