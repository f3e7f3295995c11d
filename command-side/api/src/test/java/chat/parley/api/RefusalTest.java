package chat.parley.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {
    /** Every endpoint may answer the title, so it must not name a field. The detail may. */
    @ParameterizedTest
    @EnumSource(Refusal.class)
    void namesNoRequestField(Refusal refusal) {
        EnumSet<Refusal> ofThatField = EnumSet.of(Refusal.CLIENT_MESSAGE_ID_REUSED);
        assertThat(refusal.title().contains("client")).isEqualTo(ofThatField.contains(refusal));
    }

    @Test
    void onlySendersOfMessagesAreToldOfTheClientMessageId() {
        for (RetryAdvice advice : RetryAdvice.values()) {
            assertThat(advice.detail().contains("clientMessageId")).isEqualTo(advice == RetryAdvice.MESSAGE);
            assertThat(advice.refused().refusal()).isEqualTo(Refusal.OUTCOME_UNKNOWN);
        }
    }
}
