package chat.parley.audit.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The names in each whole block of events, in the vault's database. A name is stored as its hash. */
final class EventBlocks implements EventSelector.Narrowing {
    static final int SIZE = 256;

    private final JdbcClient jdbc;

    /** Until then, the rows may be those of another event store. */
    private volatile boolean confirmed;

    EventBlocks(DataSource vault) {
        this.jdbc = JdbcClient.create(vault);
    }

    /** @param lastEvent identifier of the block's last event */
    record Block(long number, String lastEvent) {
        long lastIndex() {
            return end(number) - 1;
        }
    }

    /** The index after the last event of a block. */
    static long end(long block) {
        return (block + 1) * SIZE;
    }

    Optional<Block> newest() {
        return jdbc.sql("SELECT block, last_event FROM vault.event_blocks ORDER BY block DESC LIMIT 1")
                .query((row, number) -> new Block(row.getLong(1), row.getString(2)))
                .optional();
    }

    /** Stores the block after the newest one; does nothing if another node has. */
    void add(Block block, Collection<Integer> names) {
        jdbc.sql("INSERT INTO vault.event_blocks (block, last_event, names) VALUES (:block, :lastEvent, :names)"
                        + " ON CONFLICT (block) DO NOTHING")
                .param("block", block.number())
                .param("lastEvent", block.lastEvent())
                .param("names", array(names))
                .update();
    }

    /** From now on, the rows are known to be those of the event store. */
    void confirm() {
        confirmed = true;
    }

    void clear() {
        jdbc.sql("TRUNCATE vault.event_blocks").update();
    }

    /**
     * The hashed names of what is asked for.
     *
     * @param all           the names that a block has all of
     * @param types         the types that it has one of, if there are any
     * @param conversations the conversations that it has one of, if there are any
     */
    private record Wanted(List<Integer> all, List<Integer> types, List<Integer> conversations) {
        static Wanted of(EventFilter filter, Set<String> conversations) {
            return new Wanted(
                    filter.names(),
                    filter.typeNames(),
                    conversations.stream().map(EventFilter::name).toList());
        }

        boolean isAnything() {
            return all.isEmpty() && types.isEmpty() && conversations.isEmpty();
        }
    }

    @Override
    public List<EventRange> candidates(EventRange range, EventFilter filter, Set<String> conversations) {
        if (range.through() <= range.after()) {
            return List.of();
        }
        Wanted wanted = Wanted.of(filter, conversations);
        if (!confirmed || wanted.isAnything()) {
            return List.of(range);
        }
        long stored = newest().map(block -> end(block.number())).orElse(0L);
        List<EventRange> parts = new ArrayList<>();
        for (long block : blocks((range.after() + 1) / SIZE, Math.min(range.through(), stored - 1) / SIZE, wanted)) {
            addPart(parts, range, (block * SIZE) - 1, end(block) - 1);
        }
        // What is stored after the newest whole block is read in any case.
        addPart(parts, range, stored - 1, range.through());
        return parts;
    }

    private List<Long> blocks(long first, long last, Wanted wanted) {
        String condition = (wanted.all().isEmpty() ? "" : " AND names @> :all")
                + (wanted.types().isEmpty() ? "" : " AND names && :types")
                + (wanted.conversations().isEmpty() ? "" : " AND names && :conversations");
        return jdbc.sql("SELECT block FROM vault.event_blocks WHERE block BETWEEN :first AND :last" + condition
                        + " ORDER BY block")
                .param("first", first)
                .param("last", last)
                .param("all", array(wanted.all()))
                .param("types", array(wanted.types()))
                .param("conversations", array(wanted.conversations()))
                .query(Long.class)
                .list();
    }

    /** Adds a part, as far as it lies in the range, and joins it to the one before if they touch. */
    private static void addPart(List<EventRange> parts, EventRange range, long after, long through) {
        long start = Math.max(after, range.after());
        long end = Math.min(through, range.through());
        if (start >= end) {
            return;
        }
        EventRange last = parts.isEmpty() ? null : parts.getLast();
        if (last != null && last.through() >= start) {
            parts.set(parts.size() - 1, new EventRange(last.after(), end));
        } else {
            parts.add(new EventRange(start, end));
        }
    }

    private static int[] array(Collection<Integer> names) {
        return names.stream().mapToInt(Integer::intValue).toArray();
    }
}
