package chat.parley.push.session;

import chat.parley.api.port.Epoch;
import chat.parley.api.port.LoginVault;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.ConversationCommandQueue;
import chat.parley.push.PushProperties;
import chat.parley.push.fanout.CatchUpReader;
import chat.parley.push.fanout.Fanout;
import chat.parley.push.fanout.LiveFrames;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.presence.DevicePresenceTracker;
import chat.parley.push.presence.PresenceSubscriptions;
import chat.parley.push.socket.SocketLimits;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.FrameCodec;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What every session of a node works with.
 *
 * @param executor virtual threads, for whatever waits
 */
public record PushTier(
        PushProperties properties,
        SocketLimits limits,
        RateLimits rates,
        FrameCodec codec,
        CursorCodec cursors,
        Epoch epoch,
        LiveFrames frames,
        TokenVerifier tokens,
        Fanout fanout,
        CatchUpReader readModel,
        CommandDispatcher commands,
        ConversationCommandQueue lanes,
        LoginVault logins,
        SocketSessionRegistry registry,
        DevicePresenceTracker presences,
        PresenceSubscriptions board,
        PushMetrics metrics,
        Clock clock,
        Executor executor) {}
