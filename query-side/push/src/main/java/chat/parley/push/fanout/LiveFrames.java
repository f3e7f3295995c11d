package chat.parley.push.fanout;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.util.List;

/** Makes the bytes of frames. */
public final class LiveFrames {
    private final EntryRenderer renderer;
    private final FrameCodec codec;
    private final CursorCodec cursors;

    public LiveFrames(EntryRenderer renderer, FrameCodec codec, CursorCodec cursors) {
        this.renderer = renderer;
        this.codec = codec;
        this.cursors = cursors;
    }

    /** A live entry, with the cursor to resume after it. */
    public byte[] entry(LiveEvent event) {
        RecordedEntry recorded =
                RecordedEntry.of(event.position(), event.index(), event.payload(ConversationEvent.class));
        return entry(recorded, event);
    }

    /** The same, of an entry that does not read as it was entered. */
    public byte[] entry(RecordedEntry recorded, LiveEvent event) {
        return codec.encodeEntry(renderer.render(recorded), cursors.encode(event.index()));
    }

    /** An entry of a backlog, without one. */
    public byte[] entry(RecordedEntry recorded) {
        return codec.encodeEntry(renderer.render(recorded), null);
    }

    byte[] read(ReadMarkMoved event) {
        return of(new ServerFrame.Read(event.conversation(), event.user(), event.position()));
    }

    byte[] preferences(PreferencesChanged event) {
        return of(new ServerFrame.State(
                false,
                List.of(ServerFrame.ConversationState.preferences(
                        event.conversation(), event.muted(), event.pinned(), event.markedUnread()))));
    }

    byte[] typing(ConversationId conversation, UserId user) {
        return of(new ServerFrame.Typing(conversation, user));
    }

    byte[] caughtUp(long index) {
        return of(new ServerFrame.CaughtUp(cursors.encode(index)));
    }

    public byte[] of(ServerFrame frame) {
        return codec.encode(frame);
    }
}
