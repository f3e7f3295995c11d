package chat.parley.audit.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The names in each whole block of events, in the vault's database. A name is stored as its hash. */
final class EventBlocks implements EventSelector.Narrowing {
    static final int SIZE = 256;

    private final JdbcClient jdbc;

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

    void clear() {
        jdbc.sql("TRUNCATE vault.event_blocks").update();
    }

    @Override
    public List<EventRange> candidates(EventRange range, EventFilter filter) {
        List<Integer> all = filter.names();
        List<Integer> any = filter.typeNames();
        if (range.through() <= range.after() || (all.isEmpty() && any.isEmpty())) {
            return List.of(range);
        }
        long stored = newest().map(block -> end(block.number())).orElse(0L);
        List<EventRange> parts = new ArrayList<>();
        for (long block : blocks((range.after() + 1) / SIZE, Math.min(range.through(), stored - 1) / SIZE, all, any)) {
            addPart(parts, range, (block * SIZE) - 1, end(block) - 1);
        }
        // What is stored after the newest whole block is read in any case.
        addPart(parts, range, stored - 1, range.through());
        return parts;
    }

    private List<Long> blocks(long first, long last, List<Integer> all, List<Integer> any) {
        String condition = (all.isEmpty() ? "" : " AND names @> :all") + (any.isEmpty() ? "" : " AND names && :any");
        return jdbc.sql("SELECT block FROM vault.event_blocks WHERE block BETWEEN :first AND :last" + condition
                        + " ORDER BY block")
                .param("first", first)
                .param("last", last)
                .param("all", array(all))
                .param("any", array(any))
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
