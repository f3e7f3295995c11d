package chat.parley.push.event;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.util.List;

/** Encodes frames for sockets. May be used by any thread, except for {@link #sharedEntry}. */
public final class FrameEncoder {
    private final EntryRenderer renderer;
    private final FrameCodec codec;
    private final CursorCodec cursors;

    public FrameEncoder(EntryRenderer renderer, FrameCodec codec, CursorCodec cursors) {
        this.renderer = renderer;
        this.codec = codec;
        this.cursors = cursors;
    }

    /** The bytes of a live entry that all its receivers share; encoded once. Guarded by the lock of the fan-out. */
    public byte[] sharedEntry(LiveEvent event) {
        byte[] known = event.frame();
        if (known != null) {
            return known;
        }
        byte[] encoded = entry(event);
        event.frame(encoded);
        return encoded;
    }

    /** A live entry, with the cursor to resume after it. */
    public byte[] entry(LiveEvent event) {
        RecordedEntry recorded =
                RecordedEntry.of(event.position(), event.index(), event.payload(ConversationEvent.class));
        return entry(recorded, event);
    }

    /** An entry whose current form differs from the stored one. */
    public byte[] entry(RecordedEntry recorded, LiveEvent event) {
        return codec.encodeEntry(renderer.render(recorded), cursors.encode(event.index()));
    }

    /** An entry of a backlog, without a cursor. */
    public byte[] entry(RecordedEntry recorded) {
        return codec.encodeEntry(renderer.render(recorded), null);
    }

    /** A read mark or the preferences of a user in a conversation. */
    public byte[] readMark(ReadMarkEvent event) {
        return switch (event) {
            case ReadMarkMoved moved -> of(new ServerFrame.Read(moved.conversation(), moved.user(), moved.position()));
            case PreferencesChanged changed ->
                of(new ServerFrame.State(
                        false,
                        List.of(ServerFrame.ConversationState.preferences(
                                changed.conversation(), changed.muted(), changed.pinned(), changed.markedUnread()))));
        };
    }

    public byte[] typing(ConversationId conversation, UserId user) {
        return of(new ServerFrame.Typing(conversation, user));
    }

    public byte[] caughtUp(long index) {
        return of(new ServerFrame.CaughtUp(cursors.encode(index)));
    }

    public byte[] of(ServerFrame frame) {
        return codec.encode(frame);
    }
}
