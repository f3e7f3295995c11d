package chat.parley.eventstore.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;

/** The aggregates that a command took from the cache. Used by the thread of the command only. */
final class CachedAggregates {
    private static final String RESOURCE = CachedAggregates.class.getName();

    private final List<Loaded> loaded = new ArrayList<>(1);

    /** @param version the sequence number of the last event before the command */
    record Loaded(Aggregate<?> aggregate, long version) {
        String id() {
            return aggregate.identifierAsString();
        }

        /** An event that was applied is stored only if the aggregate was up to date. */
        boolean isUnchanged() {
            return version == versionOf(aggregate);
        }
    }

    static CachedAggregates of(UnitOfWork<?> work) {
        return work.root().getOrComputeResource(RESOURCE, _ -> new CachedAggregates());
    }

    void add(Aggregate<?> aggregate) {
        loaded.add(new Loaded(aggregate, versionOf(aggregate)));
    }

    List<Loaded> unchanged() {
        return loaded.stream().filter(Loaded::isUnchanged).toList();
    }

    private static long versionOf(Aggregate<?> aggregate) {
        Long version = aggregate.version();
        return version == null ? -1 : version;
    }
}
