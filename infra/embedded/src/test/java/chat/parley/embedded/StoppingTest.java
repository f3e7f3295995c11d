package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.embedded.process.ChildCommand;
import chat.parley.embedded.process.DataDirectory;
import chat.parley.embedded.process.Processes;
import chat.parley.testing.ChildJvm;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class StoppingTest {

    @TempDir
    Path temp;

    @Test
    void leavesNoProcessBehind() throws Exception {
        Path data = temp.resolve("data");
        try (ChildJvm parley = OtherParley.launch(data, temp.resolve("parley.txt"))) {
            ProcessHandle postgres = OtherParley.awaitEngine(parley);

            parley.process().destroy();

            assertThat(parley.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(Processes.isRunning(postgres)).isFalse();
            assertThat(Processes.postgresOf(data.resolve("postgres"))).isEmpty();
        }
    }

    @Test
    void stopsPostgresLast() {
        try (TestEngines engines = TestEngines.start(temp.resolve("data"))) {
            DefaultListableBeanFactory beans =
                    (DefaultListableBeanFactory) engines.context().getBeanFactory();
            assertThat(beans.getDependentBeans("postgresEngine")).contains("embeddedJdbcConnectionDetails");
            assertThat(beans.getDependentBeans("embeddedJdbcConnectionDetails")).contains("dataSource");
            assertThat(beans.getDependentBeans("embeddedMongo")).contains("embeddedMongoConnectionDetails");
        }
    }

    @Test
    void byTheTerminalSignalsOnlyParley() throws Exception {
        try (TestEngines engines = TestEngines.start(temp.resolve("data"))) {
            ChildCommand.Result sessions = ChildCommand.of(
                            "ps", "-o", "sid=", "-p", Long.toString(engines.postgresPid()))
                    .run();
            assertThat(sessions.output().strip()).isEqualTo(Long.toString(engines.postgresPid()));
        }
    }

    @Test
    void stopsTheEnginesAfterAFailedStart() {
        Path data = temp.resolve("data");

        assertThatThrownBy(() -> TestEngines.start(data, FailsLater.class)).hasStackTraceContaining("too late");

        assertThat(Processes.postgresOf(data.resolve("postgres"))).isEmpty();
        DataDirectory.open(data).close();
    }

    @Configuration(proxyBeanMethods = false)
    static class FailsLater {

        @Bean
        Object failing(DataSource used) {
            throw new IllegalStateException("too late");
        }
    }
}
