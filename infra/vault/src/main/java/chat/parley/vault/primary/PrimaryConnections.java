package chat.parley.vault.primary;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to the primary among the hosts of a URL. PostgreSQL counts in its timeline how often a standby was
 * made a primary. A server with a lower timeline than one that was met before is a former primary that runs again: it is
 * not used, so that nothing is read that it alone has.
 */
public final class PrimaryConnections {
    private static final Pattern HOSTS = Pattern.compile("(jdbc:postgresql://)([^/?]*,[^/?]*)(.*)");

    /** The first eight digits of the name of a file of the write-ahead log are its timeline. */
    private static final String TIMELINE = "SELECT CASE WHEN pg_is_in_recovery() THEN 0"
            + " ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint END";

    private static final int OF_A_STANDBY = 0;

    /** The state of a connection that cannot be established. */
    static final String UNABLE_TO_CONNECT = "08001";

    private final List<String> urls;
    private final @Nullable String username;
    private final @Nullable String password;
    private final AtomicLong newestTimeline = new AtomicLong();
    private volatile int preferred;

    private PrimaryConnections(List<String> urls, @Nullable String username, @Nullable String password) {
        this.urls = urls;
        this.username = username;
        this.password = password;
    }

    public static PrimaryConnections to(String url, @Nullable String username, @Nullable String password) {
        return new PrimaryConnections(eachHost(url), username, password);
    }

    private static List<String> eachHost(String url) {
        Matcher several = HOSTS.matcher(url);
        return several.matches()
                ? Arrays.stream(several.group(2).split(","))
                        .map(host -> several.group(1) + host + several.group(3))
                        .toList()
                : List.of(url);
    }

    /**
     * @param properties of the driver
     * @throws SQLException if none of the hosts is the primary
     */
    public Connection open(Properties properties) throws SQLException {
        List<SQLException> failures = new ArrayList<>();
        int first = preferred;
        for (int i = 0; i < urls.size(); i++) {
            int host = (first + i) % urls.size();
            try {
                Connection connection = openPrimary(urls.get(host), properties);
                preferred = host;
                return connection;
            } catch (SQLException e) {
                failures.add(e);
            }
        }
        throw failures.size() == 1 ? failures.getFirst() : noPrimary(failures);
    }

    private static SQLException noPrimary(List<SQLException> failures) {
        String reasons = failures.stream().map(SQLException::getMessage).collect(Collectors.joining("; "));
        // A refused password tells more than a server that is away.
        SQLException telling = failures.stream()
                .filter(failure -> !isAway(failure))
                .findFirst()
                .orElseGet(failures::getFirst);
        return new SQLException(reasons, telling.getSQLState(), telling);
    }

    /** Whether the server may answer later. Class 57: it starts or stops. */
    static boolean isAway(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57");
    }

    private Connection openPrimary(String url, Properties properties) throws SQLException {
        Connection connection = connect(url, properties);
        try {
            long timeline = timeline(connection);
            if (timeline == OF_A_STANDBY) {
                throw new SQLException(host(url) + " is a standby", UNABLE_TO_CONNECT);
            }
            if (timeline < newestTimeline.accumulateAndGet(timeline, Math::max)) {
                throw new SQLException(
                        host(url) + " was the primary before another server took over. Stop it, and let it follow"
                                + " that server before it runs again",
                        UNABLE_TO_CONNECT);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Connection connect(String url, Properties properties) throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        if (username != null) {
            all.setProperty("user", username);
        }
        if (password != null) {
            all.setProperty("password", password);
        }
        return DriverManager.getConnection(url, all);
    }

    private static long timeline(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TIMELINE)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The hosts that take writes. More than one may have them only by mistake. */
    public List<String> primaries(Properties properties) {
        List<String> primaries = new ArrayList<>();
        for (String url : urls) {
            try (Connection connection = connect(url, properties)) {
                if (timeline(connection) != OF_A_STANDBY) {
                    primaries.add(host(url));
                }
            } catch (SQLException away) {
                // It takes no writes of this node.
            }
        }
        return primaries;
    }

    private static String host(String url) {
        return url.replaceFirst("^jdbc:postgresql:(//)?", "").replaceFirst("[/?].*$", "");
    }
}
