package chat.parley.vault.wrapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

class VaultFailureAnalyzerTest {
    @Test
    void anOperatorReadsWhatIsWrongAndWhatToDo() {
        VaultFailure failure = new VaultFailure("The key file is missing", "Bring it back");
        FailureAnalysis analysis = new VaultFailureAnalyzer().analyze(new IllegalStateException(failure));
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).isEqualTo("The key file is missing.");
        assertThat(analysis.getAction()).isEqualTo("Bring it back.");
        assertThat(failure).hasMessage("The key file is missing. Bring it back.");
    }
}
