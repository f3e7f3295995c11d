package chat.parley.search.history.document;

import chat.parley.search.history.engine.EngineRejected;
import chat.parley.search.history.engine.SearchEngine;
import co.elastic.clients.elasticsearch._types.Level;
import co.elastic.clients.elasticsearch.indices.IndexState;
import co.elastic.clients.elasticsearch.indices.get.Feature;
import co.elastic.clients.elasticsearch.indices.stats.ShardStats;
import co.elastic.clients.elasticsearch.indices.update_aliases.Action;
import co.elastic.clients.json.JsonData;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Creates, configures and deletes the indexes of all generations, and assigns the search aliases. */
public final class Indexes {
    private static final String NEVER = "-1";
    private static final String EXISTS = "resource_already_exists_exception";

    /** Settings of documents that are read only by id. */
    private static final String BY_ID = """
            {"settings": {"index": {"number_of_shards": 1, "number_of_replicas": 0}}, "mappings": {"dynamic": false}}
            """;

    /** A merge that drops replaced documents otherwise leaves files with few of them. */
    private static final String ALL_REPLACED = """
            {"index.merge.policy.expunge_deletes_allowed": 0}
            """;

    private final SearchEngine engine;
    private final IndexFamily family;
    private final IndexDefinition definition;

    public Indexes(SearchEngine engine, IndexFamily family, IndexDefinition definition) {
        this.engine = engine;
        this.family = family;
        this.definition = definition;
    }

    public Generation generation(int number) {
        return family.generation(number);
    }

    /** The indexes and aliases that exist at one moment. */
    public final class Survey {
        private final Map<String, IndexState> found;

        private Survey(Map<String, IndexState> found) {
            this.found = found;
        }

        /** Generations of which at least one index exists. */
        public Set<Integer> generations() {
            Set<Integer> numbers = new TreeSet<>();
            for (String name : found.keySet()) {
                numbers.add(Integer.parseInt(name.substring(name.lastIndexOf("-g") + 2)));
            }
            return numbers;
        }

        public boolean isComplete(Generation generation) {
            return found.containsKey(generation.messages()) && found.containsKey(generation.past());
        }

        public boolean isOfThisFormat(Generation generation) {
            return format(generation) == definition.format();
        }

        /** Whether a newer version of Parley writes this format. */
        public boolean isOfNewerFormat(Generation generation) {
            return format(generation) > definition.format();
        }

        private int format(Generation generation) {
            IndexState messages = found.get(generation.messages());
            JsonData format =
                    messages == null ? null : messages.mappings().meta().get(IndexDefinition.FORMAT);
            return format == null ? 0 : format.to(Integer.class);
        }

        public boolean isSearched(Generation generation) {
            return names(family.messages()).equals(Set.of(generation.messages()))
                    && names(family.past()).equals(Set.of(generation.past()));
        }

        /** The indexes with this alias. */
        private Set<String> names(String alias) {
            Set<String> names = new TreeSet<>();
            found.forEach((name, state) -> {
                if (state.aliases().containsKey(alias)) {
                    names.add(name);
                }
            });
            return names;
        }
    }

    public Survey survey() {
        return new Survey(engine.attempt(client -> client.indices()
                        .get(get -> get.index(family.messages() + "-g*", family.past() + "-g*")
                                .allowNoIndices(true)
                                .features(Feature.Aliases, Feature.Mappings)))
                .indices());
    }

    /** Creates the indexes of tokens and of the pointer. */
    public void createShared() {
        createUnlessThere(family.tokens(), BY_ID);
        createUnlessThere(family.generations(), BY_ID);
    }

    private void createUnlessThere(String name, String definition) {
        boolean there = engine.attempt(
                client -> client.indices().exists(exists -> exists.index(name)).value());
        if (!there) {
            create(name, definition);
        }
    }

    private void create(String name, String json) {
        try {
            engine.attempt(client ->
                    client.indices().create(create -> create.index(name).withJson(new StringReader(json))));
        } catch (EngineRejected e) {
            // Another node created the index first.
            if (!EXISTS.equals(e.type())) {
                throw e;
            }
        }
    }

    /** Creates a generation's empty indexes. */
    public void create(Generation generation) {
        create(generation.messages(), definition.json());
        create(generation.past(), definition.json());
    }

    /** Stops refreshes, which are useless while the generation is not searched. */
    public void rest(Generation generation) {
        refreshEvery(generation, NEVER);
    }

    /** Refreshes once and resumes periodic refreshes. */
    public void wake(Generation generation) {
        refreshEvery(generation, definition.refreshInterval());
        refresh(generation);
    }

    private void refreshEvery(Generation generation, String interval) {
        engine.attempt(client -> client.indices()
                .putSettings(put -> put.index(generation.messages(), generation.past())
                        .settings(settings -> settings.refreshInterval(time -> time.time(interval)))));
    }

    public void refresh(Generation generation) {
        engine.attempt(
                client -> client.indices().refresh(refresh -> refresh.index(generation.messages(), generation.past())));
    }

    /** The newest operation of each copy of each shard. */
    public Map<String, Long> newestOperations(Generation generation) {
        Map<String, Long> newest = new TreeMap<>();
        shards(generation)
                .forEach((shard, stats) ->
                        newest.put(shard, Objects.requireNonNull(stats.seqNo()).maxSeqNo()));
        return newest;
    }

    /** Whether no copy of a shard needs replaced documents up to these operations to recover another copy. */
    public boolean areUnneeded(Generation generation, Map<String, Long> operations) {
        engine.attempt(
                client -> client.indices().flush(flush -> flush.index(generation.messages(), generation.past())));
        return shards(generation).entrySet().stream()
                .allMatch(shard -> Objects.requireNonNull(shard.getValue().retentionLeases()).leases().stream()
                        .allMatch(lease -> lease.retainingSeqNo() > operations.getOrDefault(shard.getKey(), -1L)));
    }

    private Map<String, ShardStats> shards(Generation generation) {
        Map<String, ShardStats> shards = new TreeMap<>();
        engine.attempt(client -> client.indices()
                        .stats(stats -> stats.index(generation.messages(), generation.past())
                                .level(Level.Shards)))
                .indices()
                .forEach((index, stats) -> stats.shards()
                        .forEach((number, copies) -> copies.forEach(copy -> shards.put(
                                index + "/" + number + "/"
                                        + Objects.requireNonNull(copy.routing()).node(),
                                copy))));
        return shards;
    }

    /** Rewrites every file that contains a replaced document. Takes as long as the merge. */
    public void dropReplaced(Generation generation) {
        engine.attempt(client -> client.indices()
                .putSettings(put ->
                        put.index(generation.messages(), generation.past()).withJson(new StringReader(ALL_REPLACED))));
        engine.attempt(client -> client.indices()
                .forcemerge(merge ->
                        merge.index(generation.messages(), generation.past()).onlyExpungeDeletes(true)));
        refresh(generation);
        engine.attempt(client -> client.indices()
                .flush(flush ->
                        flush.index(generation.messages(), generation.past()).force(true)));
    }

    /** Moves the search aliases to this generation atomically. */
    public void serve(Generation generation, Survey now) {
        List<Action> actions = new ArrayList<>();
        alias(family.messages(), generation.messages(), now, actions);
        alias(family.past(), generation.past(), now, actions);
        engine.attempt(client -> client.indices().updateAliases(update -> update.actions(actions)));
    }

    private static void alias(String alias, String index, Survey now, List<Action> actions) {
        for (String before : now.names(alias)) {
            if (!before.equals(index)) {
                actions.add(Action.of(
                        action -> action.remove(remove -> remove.index(before).alias(alias))));
            }
        }
        actions.add(Action.of(action -> action.add(add -> add.index(index).alias(alias))));
    }

    public void drop(Generation generation) {
        engine.attempt(client -> client.indices()
                .delete(delete ->
                        delete.index(generation.messages(), generation.past()).ignoreUnavailable(true)));
    }

    /** Counts as of the last refresh; {@code events} and {@code rejected} come from elsewhere. */
    public IndexCounts counts(Generation generation, EventCounts seen, long rejected) {
        return new IndexCounts(
                seen.sent() + seen.edited() + seen.retracted(),
                count(generation.messages()),
                retracted(generation.messages()),
                count(generation.past()),
                rejected);
    }

    private long count(String index) {
        return engine.attempt(client -> client.count(count -> count.index(index)))
                .count();
    }

    private long retracted(String index) {
        return engine.attempt(client -> client.count(count -> count.index(index)
                        .query(query ->
                                query.term(term -> term.field(Fields.RETRACTED).value(true)))))
                .count();
    }
}
