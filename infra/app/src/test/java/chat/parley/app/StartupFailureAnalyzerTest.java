package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.process.StartupFailure;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class StartupFailureAnalyzerTest {
    @Test
    void anOperatorReadsWhatIsWrongAndWhatToDo() {
        StartupFailure failure = new StartupFailure("The key file is missing", "Bring it back.");
        assertThat(failure).hasMessage("The key file is missing. Bring it back.");
        FailureAnalysis analysis = analyzed(failure);
        assertThat(analysis.getDescription()).isEqualTo("The key file is missing.");
        assertThat(analysis.getAction()).isEqualTo("Bring it back.");
    }

    @Test
    void anAdviceMayBeMissing() {
        StartupFailure failure = new StartupFailure("PostgreSQL could not be started", "");
        assertThat(failure).hasMessage("PostgreSQL could not be started.");
        assertThat(analyzed(failure).getAction()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01"})
    void aDatabaseThatIsLostDuringTheStartIsNamed(String state) {
        FailureAnalysis analysis =
                analyzed(LostDatabaseFailureAnalyzer.class, new SQLException("Connection refused", state));
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription())
                .isEqualTo("PostgreSQL was lost while this node started: Connection refused");
        assertThat(analysis.getAction()).startsWith("Start the node again");
    }

    @Test
    void anotherFailureOfTheDatabaseIsNoLoss() {
        assertThat(analyzed(LostDatabaseFailureAnalyzer.class, new SQLException("Syntax error", "42601")))
                .isNull();
    }

    private static FailureAnalysis analyzed(StartupFailure failure) {
        return Objects.requireNonNull(analyzed(StartupFailureAnalyzer.class, failure));
    }

    private static @Nullable FailureAnalysis analyzed(Class<? extends FailureAnalyzer> type, Exception failure) {
        // Analyzers of Spring's that need a bean factory are left out.
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, FailureHandler.handleMessage((message, cause) -> {}))
                .stream()
                .filter(type::isInstance)
                .findFirst()
                .orElseThrow()
                .analyze(new IllegalStateException(failure));
    }
}
