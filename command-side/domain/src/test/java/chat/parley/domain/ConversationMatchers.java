package chat.parley.domain;

import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.axonframework.eventhandling.EventMessage;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.hamcrest.Matcher;

/** Matchers for events with encrypted parts, which differ on each encryption. */
final class ConversationMatchers {
    private ConversationMatchers() {}

    /** Exactly one event, of this type, that passes these assertions. */
    static <T> Matcher<List<? super EventMessage<?>>> only(Class<T> type, Consumer<T> assertions) {
        return new BaseMatcher<>() {
            @Override
            public boolean matches(Object events) {
                Assertions.assertThat((List<?>) events).singleElement().satisfies(event -> {
                    Object payload = ((EventMessage<?>) event).getPayload();
                    Assertions.assertThat(payload).isInstanceOf(type);
                    assertions.accept(type.cast(payload));
                });
                return true;
            }

            @Override
            public void describeTo(Description description) {
                description.appendText("one " + type.getSimpleName());
            }
        };
    }
}
