package chat.parley.audit.export;

import chat.parley.api.port.RawEvents.RawEvent;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Sorts events by their index on disk, because an archive has them in their global order. Not thread-safe. */
final class EventSpool implements Closeable {
    private final JsonMapper json = JsonMapper.shared();
    private final FileChannel channel;
    private final List<Spooled> all = new ArrayList<>();
    private long size;

    EventSpool(Path file) throws IOException {
        channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    private record Spooled(long index, long offset, int length) {}

    void add(RawEvent event) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(event));
        all.add(new Spooled(event.index(), size, bytes.remaining()));
        while (bytes.hasRemaining()) {
            size += channel.write(bytes, size);
        }
    }

    int count() {
        return all.size();
    }

    /** Takes each event. */
    interface EventConsumer {
        void accept(RawEvent event) throws IOException;
    }

    /** In their global order. */
    void forEach(EventConsumer consumer) throws IOException {
        all.sort(Comparator.comparingLong(Spooled::index));
        for (Spooled spooled : all) {
            ByteBuffer bytes = ByteBuffer.allocate(spooled.length());
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, spooled.offset() + bytes.position()) < 0) {
                    throw new EOFException("A temporary file of an export was truncated");
                }
            }
            consumer.accept(json.readValue(bytes.array(), RawEvent.class));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
