package chat.parley.app;

import chat.parley.api.process.StartupFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The PostgreSQL of the vault. */
record RemotePostgres(String url, String username, String password) implements RemoteEngine {
    private static final String INVALID_AUTHORIZATION = "28";
    private static final String NO_SUCH_DATABASE = "3D";

    @Override
    public void ask() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", String.valueOf(CONNECTING.toSeconds()));
        properties.setProperty("socketTimeout", String.valueOf(ANSWERING.toSeconds()));
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            connection.isValid((int) ANSWERING.toSeconds());
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

    @Override
    public String setting() {
        return "spring.datasource.url";
    }

    @Override
    public String toString() {
        return "PostgreSQL at " + url.replaceFirst("^jdbc:postgresql:(//)?", "").replaceFirst("[/?].*$", "");
    }
}
