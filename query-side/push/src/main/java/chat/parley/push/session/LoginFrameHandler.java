package chat.parley.push.session;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.EndSession;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.port.LoginVault;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.push.fanout.Subscriber;
import chat.parley.web.token.AuthenticatedUser;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.CloseReason;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes the frames about the client's login session: {@code authenticate} and {@code bye}. */
public final class LoginFrameHandler {
    private static final Logger log = LoggerFactory.getLogger(LoginFrameHandler.class);

    private final TokenVerifier tokens;
    private final CommandDispatcher commands;
    private final LoginVault logins;
    private final Clock clock;

    public LoginFrameHandler(TokenVerifier tokens, CommandDispatcher commands, LoginVault logins, Clock clock) {
        this.tokens = tokens;
        this.commands = commands;
        this.logins = logins;
        this.clock = clock;
    }

    /** Takes a newer access token of the same login session. */
    void authenticate(SocketSession session, ConnectedClient client, ClientFrame.Authenticate frame) {
        try {
            AuthenticatedUser identity = tokens.verify(frame.token());
            if (!identity.user().equals(client.user())
                    || (identity.device() != null
                            && !identity.login().equals(client.subscriber().login()))) {
                throw new Refused(Refusal.FORBIDDEN);
            }
            client.authenticated(identity);
            session.replies().answer(frame.ref(), Optional.empty());
        } catch (Refused refused) {
            session.replies().reject(frame.ref(), refused.refusal());
        } catch (RuntimeException failed) {
            log.warn("An access token could not be verified: {}", ExceptionSummary.describe(failed));
            session.replies().refuse(frame.ref(), Refusal.INTERNAL_ERROR);
        }
        session.flow().frameHandled();
    }

    /** Ends the login session after every earlier frame has been answered, then closes the socket. */
    void bye(SocketSession session, ConnectedClient client, ClientFrame.Bye bye) {
        try {
            session.flow().awaitIdle(commands.timeout());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        // The event of the logout comes to this node too. It must not close the socket before the answer is sent.
        session.logoutStarted();
        Subscriber subscriber = client.subscriber();
        EndSession command = new EndSession(subscriber.user(), subscriber.device(), subscriber.login());
        try {
            commands.send(command);
        } catch (Refused refused) {
            logoutFailed(session, bye, refused.refusal());
            return;
        }
        tokens.end(subscriber.login(), clock.instant());
        if (isForgotten(subscriber.login())) {
            session.replies().answer(bye.ref(), Optional.empty());
            session.end(CloseReason.LOGGED_OUT);
        } else {
            logoutFailed(session, bye, Refusal.OUTCOME_UNKNOWN);
        }
    }

    private boolean isForgotten(LoginSessionId login) {
        try {
            logins.forget(login);
            return true;
        } catch (RuntimeException failed) {
            log.warn("The refresh token of an ended login session could not be deleted from the vault", failed);
            return false;
        }
    }

    private static void logoutFailed(SocketSession session, ClientFrame.Bye bye, Refusal refusal) {
        session.logoutFailed();
        session.replies().refuse(bye.ref(), refusal);
        session.flow().frameHandled();
    }
}
