package chat.parley.transparency;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Expectations of failures. */
public final class FailureAssertions {
    private FailureAssertions() {}

    public static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(TransparencyException.class))
                .extracting(TransparencyException::reason)
                .isEqualTo(reason);
    }
}
