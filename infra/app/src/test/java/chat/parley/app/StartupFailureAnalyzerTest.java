package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.process.StartupFailure;
import org.junit.jupiter.api.Test;
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

    private static FailureAnalysis analyzed(StartupFailure failure) {
        // Analyzers of Spring's that need a bean factory are left out.
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, FailureHandler.handleMessage((message, cause) -> {}))
                .stream()
                .filter(StartupFailureAnalyzer.class::isInstance)
                .map(analyzer -> analyzer.analyze(new IllegalStateException(failure)))
                .findFirst()
                .orElseThrow();
    }
}
