package chat.parley.push;

import chat.parley.api.Epoch;
import chat.parley.api.LoginVault;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.FrameCodec;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What every session of a node works with.
 *
 * @param executor virtual threads, for whatever waits
 */
record PushTier(
        PushProperties properties,
        SocketLimits limits,
        RateLimits rates,
        FrameCodec codec,
        CursorCodec cursors,
        Epoch epoch,
        LiveFrames frames,
        TokenVerifier tokens,
        Fanout fanout,
        ReadModel readModel,
        Commands commands,
        CommandLanes lanes,
        LoginVault logins,
        SessionRegistry registry,
        Presences presences,
        PresenceBoard board,
        PushMetrics metrics,
        Clock clock,
        Executor executor) {}
