package chat.parley.push;

import chat.parley.api.ConversationEvent;
import chat.parley.api.ConversationId;
import chat.parley.api.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.RecordedEntry;
import chat.parley.api.UserId;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.util.List;

/** Makes the bytes of frames. */
final class LiveFrames {
    private final EntryRenderer renderer;
    private final FrameCodec codec;
    private final CursorCodec cursors;

    LiveFrames(EntryRenderer renderer, FrameCodec codec, CursorCodec cursors) {
        this.renderer = renderer;
        this.codec = codec;
        this.cursors = cursors;
    }

    /** A live entry, with the cursor to resume after it. */
    byte[] entry(FollowedEvent event) {
        RecordedEntry recorded =
                RecordedEntry.of(event.position(), event.index(), event.payload(ConversationEvent.class));
        return entry(recorded, event);
    }

    /** The same, of an entry that does not read as it was entered. */
    byte[] entry(RecordedEntry recorded, FollowedEvent event) {
        return codec.encodeEntry(renderer.render(recorded), cursors.encode(event.index()));
    }

    /** An entry of a backlog, without one. */
    byte[] entry(RecordedEntry recorded) {
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

    byte[] of(ServerFrame frame) {
        return codec.encode(frame);
    }
}
