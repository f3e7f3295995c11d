package chat.parley.audit.transcript;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tools.jackson.databind.json.JsonMapper;

/**
 * Edits and retractions of one conversation in a temporary file, because their texts, which stay sealed, may be larger
 * than the memory. Not thread-safe.
 */
final class SpooledChanges implements Closeable {
    private final JsonMapper json = JsonMapper.shared();
    private final Path file;
    private final FileChannel channel;
    private long size;

    SpooledChanges(Path directory) throws IOException {
        file = Files.createTempFile(directory, "changes", ".spool");
        channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    Change add(long position, ConversationEvent edited) throws IOException {
        byte[] bytes = json.writeValueAsBytes(edited);
        long offset = size;
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            size += channel.write(buffer, size);
        }
        return new Change(position, edited instanceof MessageRetracted, offset, bytes.length);
    }

    ConversationEvent read(Change change) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(change.length());
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, change.offset() + buffer.position()) < 0) {
                throw new EOFException("The temporary file " + file + " was truncated");
            }
        }
        return change.retraction()
                ? json.readValue(buffer.array(), MessageRetracted.class)
                : json.readValue(buffer.array(), MessageEdited.class);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
