package chat.parley.app;

import chat.parley.api.process.StartupFailure;
import chat.parley.vault.primary.PrimaryConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** The PostgreSQL of the vault. */
record RemotePostgres(String url, String username, String password) implements RemoteEngine {
    private static final String INVALID_AUTHORIZATION = "28";
    private static final String NO_SUCH_DATABASE = "3D";

    @Override
    public void ask() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", String.valueOf(CONNECTING.toSeconds()));
        properties.setProperty("socketTimeout", String.valueOf(ANSWERING.toSeconds()));
        PrimaryConnections hosts = PrimaryConnections.to(url, username, password);
        try (Connection connection = hosts.open(properties)) {
            connection.isValid((int) ANSWERING.toSeconds());
            requireOne(hosts.primaries(properties));
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith(INVALID_AUTHORIZATION) || state.startsWith(NO_SUCH_DATABASE)) {
                throw new StartupFailure(
                        this + " refuses Parley: " + e.getMessage(),
                        "Correct " + setting() + ", spring.datasource.username and spring.datasource.password,"
                                + " or create that user and database",
                        e);
            }
            throw e;
        }
    }

    private static void requireOne(List<String> primaries) {
        if (primaries.size() > 1) {
            throw new StartupFailure(
                    "More than one PostgreSQL server takes writes: " + String.join(" and ", primaries),
                    "Stop the one that was the primary before, and let it follow the other before it runs again");
        }
    }

    @Override
    public String setting() {
        return "spring.datasource.url";
    }

    @Override
    public String toString() {
        return "PostgreSQL at " + url.replaceFirst("^jdbc:postgresql:(//)?", "").replaceFirst("[/?].*$", "");
    }
}
