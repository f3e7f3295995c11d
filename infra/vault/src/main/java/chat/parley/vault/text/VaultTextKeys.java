package chat.parley.vault.text;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextKeys;
import chat.parley.api.process.RepeatingThread;
import chat.parley.vault.text.Destruction.OfAuthor;
import chat.parley.vault.text.Destruction.OfDays;
import chat.parley.vault.text.DestructionTable.Numbered;
import chat.parley.vault.wrapping.VaultTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Destroys text keys, and follows the destructions of all nodes.
 *
 * <ol>
 *   <li>{@link #open} destroys again what the file of destructions names and the vault has: the vault was restored from
 *       an older backup. It adds to the file what the vault has destroyed and the file lacks.
 *   <li>The thread asks the vault for new destructions at every interval, removes their keys from memory and adds them to
 *       the file. So does the caller that destroys a key, before it returns.
 *   <li>While the vault does not answer, the thread asks again; after a bounded time, keys in memory are not used any
 *       more, see {@link TextKeyCache}.
 * </ol>
 *
 * <p>The file has a copy of each node's knowledge, so that restoring the vault and losing one node at once loses nothing.
 */
public final class VaultTextKeys implements TextKeys, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(VaultTextKeys.class);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    /** Destructions that are read at once. */
    private static final int BATCH = 1_000;

    private final TextKeyTables keys;
    private final DestructionTable destructions;
    private final TextKeyCache cache;
    private final DestructionFile file;
    private final RepeatingThread thread;

    /** Read and written by the thread only: whether the last round failed. */
    private boolean failing;

    /** Guarded by this: the number of the newest destruction whose keys are not in memory any more. */
    private long evicted;

    /** Guarded by this: the number of the newest destruction that is in the file. */
    private long filed;

    private VaultTextKeys(
            TextKeyTables keys,
            DestructionTable destructions,
            TextKeyCache cache,
            DestructionFile file,
            Duration interval) {
        this.keys = keys;
        this.destructions = destructions;
        this.cache = cache;
        this.file = file;
        this.thread = new RepeatingThread(
                "vault-destructions", Duration.ZERO, interval, STOP_LIMIT, this::round, this::failed);
    }

    /**
     * @param file     the copy of all destructions, apart from the vault
     * @param interval between two questions for new destructions
     * @throws chat.parley.api.process.StartupFailure if the file cannot be read or written
     */
    public static VaultTextKeys open(
            VaultTransaction vault, TextKeyTables keys, TextKeyCache cache, Path file, Duration interval) {
        VaultTextKeys opened =
                new VaultTextKeys(keys, new DestructionTable(vault), cache, new DestructionFile(file), interval);
        opened.reconcile();
        opened.follow();
        return opened;
    }

    private synchronized void reconcile() {
        Set<Destruction> known = new HashSet<>(file.open());
        List<Destruction> undone = destructions.undone(
                known.stream()
                        .flatMap(each -> each instanceof OfAuthor author ? Stream.of(author) : Stream.empty())
                        .toList(),
                known.stream()
                        .flatMap(each -> each instanceof OfDays days ? Stream.of(days) : Stream.empty())
                        .toList());
        undone.forEach(keys::destroy);
        if (!undone.isEmpty()) {
            log.warn(
                    "The vault was restored from an older backup: it had keys of {} authors and conversations that were"
                            + " destroyed before. They are destroyed again",
                    undone.size());
        }
        evicted = destructions.newest();
        List<Numbered> batch;
        do {
            batch = destructions.after(filed, BATCH);
            append(batch.stream()
                    .filter(each -> !known.contains(each.destruction()))
                    .toList());
            filed = lastOf(batch, filed);
        } while (!batch.isEmpty());
    }

    @Override
    public void destroy(UserId author) {
        keys.destroy(new OfAuthor(author));
        follow();
    }

    @Override
    public void destroyBefore(ConversationId conversation, LocalDate day) {
        keys.destroy(new OfDays(conversation, day.toEpochDay()));
        follow();
    }

    @Override
    public List<OldestKey> keptBefore(LocalDate day, @Nullable ConversationId after, int most) {
        return destructions.keptBefore(day, after, most);
    }

    private synchronized void follow() {
        long now = cache.now();
        long newest = destructions.newest();
        if (newest < evicted) {
            log.warn("The vault was replaced while this node runs; all keys in memory are dropped");
            cache.evictAll();
            evicted = newest;
            filed = 0;
        }
        while (evicted < newest) {
            List<Numbered> batch = destructions.after(evicted, BATCH);
            cache.evict(destructionsOf(batch));
            evicted = lastOf(batch, newest);
        }
        cache.heard(now);
        while (filed < evicted) {
            List<Numbered> batch = destructions.after(filed, BATCH);
            append(batch);
            filed = lastOf(batch, evicted);
        }
    }

    private void append(List<Numbered> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            file.append(destructionsOf(batch));
        } catch (IOException e) {
            throw new UncheckedIOException("Destroyed keys could not be added to their file", e);
        }
    }

    private static Collection<Destruction> destructionsOf(List<Numbered> batch) {
        return batch.stream().map(Numbered::destruction).toList();
    }

    private static long lastOf(List<Numbered> batch, long otherwise) {
        return batch.isEmpty() ? otherwise : batch.getLast().number();
    }

    private void round() {
        follow();
        if (failing) {
            log.info("Destroyed keys can be asked for and written down again");
            failing = false;
        }
    }

    private void failed(RuntimeException failure) {
        if (!failing) {
            log.warn("Destroyed keys cannot be asked for or written down; trying again until they can", failure);
            failing = true;
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }

    /** Starts before and stops after everything that reveals texts. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
