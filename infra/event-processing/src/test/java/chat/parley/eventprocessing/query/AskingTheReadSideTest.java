package chat.parley.eventprocessing.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskingTheReadSideTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final SimpleQueryBus bus = SimpleQueryBus.builder().build();

    private QueryClient client(Duration timeout) {
        return new QueryClient(DefaultQueryGateway.builder().queryBus(bus).build(), timeout);
    }

    private void handle(MessageHandler<QueryMessage<?, String>> handler) {
        var _ = bus.subscribe(String.class.getName(), String.class, handler);
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable asking) {
        assertThatThrownBy(asking)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    @AfterEach
    void isNotInterrupted() {
        var _ = Thread.interrupted();
    }

    @Test
    void answersWhatTheHandlerAnswers() {
        handle(query -> "Tea, " + query.getPayload());
        assertThat(client(TIMEOUT).ask("Ann", String.class)).isEqualTo("Tea, Ann");
    }

    @Test
    void refusesAsTheHandlerRefuses() {
        handle(query -> {
            throw new Refused(Refusal.NOT_A_MEMBER);
        });
        assertRefused(Refusal.NOT_A_MEMBER, () -> client(TIMEOUT).ask("Ann", String.class));
    }

    @Test
    void refusesForNowIfTheHandlerFailsOrThereIsNone() {
        assertRefused(Refusal.RETRY_LATER, () -> client(TIMEOUT).ask("Ann", String.class));
        handle(query -> {
            throw new IllegalStateException("The database is gone");
        });
        assertRefused(Refusal.RETRY_LATER, () -> client(TIMEOUT).ask("Ann", String.class));
    }

    @Test
    void refusesForNowIfTheAnswerTakesTooLong() {
        handle(query -> new CompletableFuture<String>());
        assertRefused(Refusal.RETRY_LATER, () -> client(Duration.ofMillis(20)).ask("Ann", String.class));
    }

    @Test
    void leavesAnInterruptedThreadInterrupted() {
        handle(query -> new CompletableFuture<String>());
        Thread.currentThread().interrupt();
        assertRefused(Refusal.RETRY_LATER, () -> client(TIMEOUT).ask("Ann", String.class));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThatThrownBy(() -> client(TIMEOUT).askInterruptibly("Ann", String.class))
                .isInstanceOf(InterruptedException.class);
    }
}
