package chat.parley.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ExceptionSummaryTest {
    private static final String WRITTEN = "what somebody wrote";

    @Test
    void namesTypeAndPlaceInOneLineWithoutTheMessage() {
        Throwable failure = new ExecutionException(WRITTEN, new IllegalArgumentException(WRITTEN));
        assertThat(ExceptionSummary.describe(failure))
                .startsWith("java.util.concurrent.ExecutionException by java.lang.IllegalArgumentException at "
                        + ExceptionSummaryTest.class.getName())
                .doesNotContain(WRITTEN, "\n");
    }

    @Test
    void isBoundedForAnyNesting() {
        IllegalStateException endless = new IllegalStateException(WRITTEN);
        endless.initCause(new IllegalArgumentException(WRITTEN, endless));
        assertThat(ExceptionSummary.describe(endless)).hasSizeLessThan(2_000);

        Throwable deep = new IllegalStateException(WRITTEN);
        for (int i = 0; i < 100; i++) {
            deep = new IllegalStateException(WRITTEN, deep);
        }
        assertThat(ExceptionSummary.describe(recursive(200, deep))).hasSizeLessThan(2_000);
    }

    private static Throwable recursive(int depth, Throwable cause) {
        return depth == 0 ? new IllegalStateException(WRITTEN, cause) : recursive(depth - 1, cause);
    }
}
