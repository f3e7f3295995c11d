package chat.parley.eventprocessing.sharing;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The leases of the processes that handle events. All times are PostgreSQL's. */
final class NodeTable {
    private final JdbcClient vault;

    NodeTable(DataSource vault) {
        this.vault = JdbcClient.create(vault);
    }

    /** @param processors names without spaces */
    void renew(String node, Collection<String> processors, Duration lease) {
        vault.sql("insert into vault.processing_nodes (node, processors, ends_at)"
                        + " values (?, ?, clock_timestamp() + make_interval(secs => ?)) on conflict (node) do update"
                        + " set processors = excluded.processors, ends_at = excluded.ends_at")
                .params(node, String.join(" ", processors), lease.toMillis() / 1000.0)
                .update();
    }

    /**
     * The processes in the order in which they began.
     *
     * @param ended whether those count whose lease has ended within the last minute
     */
    List<ProcessingNode> nodes(boolean ended) {
        return vault.sql("select node, processors from vault.processing_nodes where ? or ends_at > clock_timestamp()"
                        + " order by began")
                .param(ended)
                .query((row, number) -> new ProcessingNode(
                        row.getString("node"),
                        Set.of(row.getString("processors").split(" ", -1))))
                .list();
    }

    void forgetEnded() {
        vault.sql("delete from vault.processing_nodes where ends_at < clock_timestamp() - make_interval(mins => 1)")
                .update();
    }

    void end(String node) {
        vault.sql("delete from vault.processing_nodes where node = ?")
                .param(node)
                .update();
    }
}
