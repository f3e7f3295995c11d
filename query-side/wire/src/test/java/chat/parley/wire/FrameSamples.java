package chat.parley.wire;

import chat.parley.api.Refusal;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.presence.DeviceStatus;
import chat.parley.api.presence.PresenceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One sample of each type that is sent over the socket, with as many fields as possible. */
final class FrameSamples {
    static final ConversationId CONVERSATION = new ConversationId("c1");
    static final UserId ANN = new UserId("ann");
    static final UserId BOB = new UserId("bob");
    static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    static final ClientMessageId ID = new ClientMessageId("0197a0b0-0000-7000-8000-000000000001");

    static final List<Entry> ENTRIES = List.of(
            new Entry.Started(
                    CONVERSATION,
                    1,
                    ANN,
                    AT,
                    ConversationKind.GROUP,
                    List.of(new Entry.Member(ANN, MemberRole.OWNER), new Entry.Member(BOB, MemberRole.MEMBER)),
                    "Title",
                    true,
                    HistoryAccess.SINCE_JOINED,
                    false),
            new Entry.Message(
                    CONVERSATION,
                    2,
                    ANN,
                    AT,
                    ID,
                    "안녕 👋",
                    1L,
                    List.of(BOB),
                    1,
                    3L,
                    null,
                    false,
                    List.of(new Entry.Reactions("👍", List.of(BOB)))),
            new Entry.Edit(CONVERSATION, 3, ANN, AT, 2, "text", List.of(BOB), null, false),
            new Entry.Retraction(CONVERSATION, 4, ANN, AT, 2),
            new Entry.Reaction(CONVERSATION, 5, BOB, AT, 2, "👍", true),
            new Entry.Joined(CONVERSATION, 6, ANN, AT, new UserId("cem")),
            new Entry.Left(CONVERSATION, 7, BOB, AT, BOB),
            new Entry.Renamed(CONVERSATION, 8, ANN, AT, null, true),
            new Entry.Role(CONVERSATION, 9, ANN, AT, BOB, MemberRole.ADMIN),
            new Entry.Joinability(CONVERSATION, 10, ANN, AT, false),
            new Entry.Pinned(CONVERSATION, 11, ANN, AT, 2),
            new Entry.Unpinned(CONVERSATION, 12, ANN, AT, 2));

    static final List<ClientFrame> CLIENT_FRAMES = List.of(
            new ClientFrame.Hello("r", "token", new DeviceId("phone"), "cursor", Map.of(CONVERSATION, 7L)),
            new ClientFrame.MessageSend("r", CONVERSATION, ID, "안녕 👋", 1L, List.of(BOB)),
            new ClientFrame.MessageEdit("r", CONVERSATION, 2, "text", List.of(BOB)),
            new ClientFrame.MessageRetract("r", CONVERSATION, 2),
            new ClientFrame.MessagePin("r", CONVERSATION, 2),
            new ClientFrame.MessageUnpin("r", CONVERSATION, 2),
            new ClientFrame.ReactionAdd("r", CONVERSATION, 2, "👍"),
            new ClientFrame.ReactionRemove("r", CONVERSATION, 2, "👍"),
            new ClientFrame.Read(null, CONVERSATION, 2),
            new ClientFrame.Typing(null, CONVERSATION),
            new ClientFrame.PresenceWatch("r", List.of(ANN)),
            new ClientFrame.PresenceUnwatch("r", List.of(ANN)),
            new ClientFrame.PresenceSet("r", DeviceStatus.AWAY),
            new ClientFrame.Heartbeat(null),
            new ClientFrame.Authenticate("r", "token"),
            new ClientFrame.Bye("r"));

    static final List<ServerFrame> SERVER_FRAMES = List.of(
            new ServerFrame.Welcome(
                    new LoginSessionId("s1"),
                    ANN,
                    "node-1",
                    5,
                    30,
                    new ServerFrame.Limits(FrameCodec.MAX_FRAME_BYTES, FrameCodec.MAX_TEXT_CHARACTERS, 32),
                    "e1"),
            new ServerFrame.Ack("r", CONVERSATION, 2L, AT),
            new ServerFrame.EntryFrame(ENTRIES.get(1), "cursor"),
            new ServerFrame.Read(CONVERSATION, ANN, 2),
            new ServerFrame.Typing(CONVERSATION, ANN),
            new ServerFrame.Presence(ANN, PresenceStatus.ONLINE, AT),
            new ServerFrame.Heartbeat(),
            new ServerFrame.State(
                    false, List.of(new ServerFrame.ConversationState(CONVERSATION, 9L, 7L, true, false, true, true))),
            new ServerFrame.CaughtUp("cursor"),
            new ServerFrame.Goaway("draining", 1500, "ws://elsewhere/ws"),
            new ServerFrame.ErrorFrame(
                    "r",
                    Refusal.RATE_LIMITED.code(),
                    Refusal.RATE_LIMITED.title(),
                    Refusal.RATE_LIMITED.title(),
                    250L));

    private FrameSamples() {}
}
