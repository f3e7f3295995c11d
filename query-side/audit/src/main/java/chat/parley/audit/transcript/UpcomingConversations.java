package chat.parley.audit.transcript;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Reads each conversation while the one before is written. For one thread. */
public final class UpcomingConversations implements Closeable {
    private static final Executor THREADS =
            task -> Thread.ofPlatform().daemon().name("transcript-reader").start(task);

    private final Transcripts transcripts;
    private final Iterator<SelectedEntries.OfConversation> selected;
    private final Path directory;
    private @Nullable CompletableFuture<ReadConversation> ahead;

    /** @param directory for temporary files */
    public UpcomingConversations(Transcripts transcripts, SelectedEntries entries, Path directory) {
        this.transcripts = transcripts;
        this.selected = entries.conversations().iterator();
        this.directory = directory;
        readAhead();
    }

    private void readAhead() {
        if (!selected.hasNext()) {
            ahead = null;
            return;
        }
        SelectedEntries.OfConversation conversation = selected.next();
        ahead = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return transcripts.read(conversation, directory);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                THREADS);
    }

    public boolean hasNext() {
        return ahead != null;
    }

    /** The next one, which the caller closes. Throws what its reading has thrown. */
    public ReadConversation next() throws IOException {
        if (ahead == null) {
            throw new NoSuchElementException();
        }
        try {
            ReadConversation read = ahead.join();
            readAhead();
            return read;
        } catch (CompletionException failed) {
            ahead = null;
            if (failed.getCause() instanceof UncheckedIOException disk) {
                throw new IOException("A conversation could not be read", disk);
            }
            throw failed.getCause() instanceof RuntimeException thrown ? thrown : failed;
        }
    }

    @Override
    public void close() throws IOException {
        if (ahead != null) {
            ReadConversation unused = ahead.handle((read, failed) -> read).join();
            if (unused != null) {
                unused.close();
            }
        }
    }
}
