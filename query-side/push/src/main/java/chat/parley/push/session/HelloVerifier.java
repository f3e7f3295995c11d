package chat.parley.push.session;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.Epoch;
import chat.parley.push.fanout.StartingPoint;
import chat.parley.push.socket.SocketLimits;
import chat.parley.web.token.AuthenticatedUser;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;

/** Verifies {@code hello} frames and makes the {@code welcome} frames that answer them. */
public final class HelloVerifier {
    private final TokenVerifier tokens;
    private final CursorCodec cursors;
    private final Epoch epoch;
    private final PushProperties properties;
    private final SocketLimits limits;

    public HelloVerifier(
            TokenVerifier tokens, CursorCodec cursors, Epoch epoch, PushProperties properties, SocketLimits limits) {
        this.tokens = tokens;
        this.cursors = cursors;
        this.epoch = epoch;
        this.properties = properties;
        this.limits = limits;
    }

    /** @throws Refused if the token is not valid or belongs to another device */
    AuthenticatedUser verify(ClientFrame.Hello hello) {
        AuthenticatedUser identity = tokens.verify(hello.token());
        if (identity.device() != null && !identity.device().equals(hello.device())) {
            throw new Refused(Refusal.FORBIDDEN);
        }
        return identity;
    }

    /** @throws Refused with {@link Refusal#CURSOR_INVALID} if the cursor was not issued to this user */
    StartingPoint startingPoint(ClientFrame.Hello hello) {
        if (hello.cursor() == null) {
            return StartingPoint.of(hello.positions());
        }
        try {
            return new StartingPoint.AfterIndex(cursors.decode(hello.cursor()).index());
        } catch (Refused refused) {
            if (refused.refusal() == Refusal.CURSOR_EXPIRED) {
                return new StartingPoint.Resync();
            }
            throw refused;
        }
    }

    public ServerFrame.Welcome welcome(LoginSessionId session, UserId user) {
        return new ServerFrame.Welcome(
                session,
                user,
                properties.node(),
                properties.heartbeatSeconds(),
                properties.offlineAfterSeconds(),
                new ServerFrame.Limits(
                        FrameCodec.MAX_FRAME_BYTES, FrameCodec.MAX_TEXT_CHARACTERS, limits.maxInFlight()),
                epoch.value());
    }
}
