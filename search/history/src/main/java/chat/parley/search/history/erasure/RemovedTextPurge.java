package chat.parley.search.history.erasure;

import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.engine.VersionedDocument;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Elasticsearch rewrite the files that still contain removed texts.
 *
 * <p>Elasticsearch keeps replaced documents until every copy of a shard has confirmed that it needs no earlier operation.
 * It renews these confirmations every 30 seconds, so the merge that drops the documents follows later. What is due is a
 * document beside the tokens, so that a purge survives a restart.
 */
public final class RemovedTextPurge {
    private static final Logger log = LoggerFactory.getLogger(RemovedTextPurge.class);

    private static final Due NOTHING = new Due(List.of(), Map.of());

    private final SearchEngine engine;
    private final Indexes indexes;
    private final String index;
    private final Consumer<UserId> erased;

    /**
     * @param index  the index of tokens
     * @param erased is told each user of whom the files of the searched generation hold no text any more
     */
    public RemovedTextPurge(SearchEngine engine, Indexes indexes, String index, Consumer<UserId> erased) {
        this.engine = engine;
        this.indexes = indexes;
        this.index = index;
        this.erased = erased;
    }

    /** @param operations the newest operation of each shard when the texts had been removed */
    private record Due(List<String> users, Map<String, Long> operations) {
        Due with(Collection<UserId> more, Map<String, Long> newest) {
            Set<String> all = new TreeSet<>(users);
            more.forEach(user -> all.add(user.value()));
            return new Due(List.copyOf(all), newest);
        }
    }

    /**
     * Durable on return.
     *
     * @param users the erased ones among those whose texts were removed from the generation
     */
    void due(Generation generation, Collection<UserId> users) {
        Map<String, Long> newest = indexes.newestOperations(generation);
        boolean stored = false;
        while (!stored) {
            Optional<VersionedDocument<Due>> found = find(generation);
            Due due = found.map(VersionedDocument::value).orElse(NOTHING).with(users, newest);
            stored = found.isPresent()
                    ? found.get().replace(engine, index, id(generation), due)
                    : VersionedDocument.create(engine, index, id(generation), due);
        }
    }

    /** Purges if something is due and can be purged now. Returns soon, except for the time of the merge. */
    public void advance(Generation generation, boolean isSearched) {
        find(generation).ifPresent(due -> {
            if (indexes.areUnneeded(generation, due.value().operations())) {
                purge(generation, due, isSearched);
            }
        });
    }

    private void purge(Generation generation, VersionedDocument<Due> due, boolean isSearched) {
        try {
            indexes.dropReplaced(generation);
        } catch (Refused slow) {
            log.info("The files of {} are still being rewritten without removed texts", generation);
            return;
        }
        if (isSearched) {
            due.value().users().forEach(user -> erased.accept(new UserId(user)));
        }
        due.delete(engine, index, id(generation));
    }

    /** The generation is removed. */
    public void forget(Generation generation) {
        find(generation).ifPresent(due -> due.delete(engine, index, id(generation)));
    }

    private Optional<VersionedDocument<Due>> find(Generation generation) {
        return VersionedDocument.find(engine, index, id(generation), Due.class);
    }

    private static String id(Generation generation) {
        return "purge@" + generation.name();
    }
}
