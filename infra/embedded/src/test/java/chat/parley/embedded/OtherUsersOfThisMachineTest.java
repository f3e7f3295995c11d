package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherUsersOfThisMachineTest {

    @TempDir
    static Path temp;

    static TestEngines engines;

    @BeforeAll
    static void start() {
        engines = TestEngines.start(temp.resolve("data"));
    }

    @AfterAll
    static void stop() {
        engines.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "parley"})
    void areRefusedWithoutThePassword(String user) {
        assertThatThrownBy(() -> DriverManager.getConnection(engines.jdbc().getJdbcUrl(), user, "guessed"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void cannotReadThePassword() throws Exception {
        assertThat(Files.getPosixFilePermissions(temp.resolve("data").resolve("postgres.password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void findNoPasswordInTheLog() {
        assertThat(engines.jdbc().toString()).doesNotContain(engines.jdbc().getPassword());
    }

    @Test
    void cannotBecomeSuperuserAsParley() {
        assertThat(engines.sql()
                        .sql("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }
}
