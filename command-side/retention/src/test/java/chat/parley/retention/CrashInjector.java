package chat.parley.retention;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextKeys;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.jspecify.annotations.Nullable;

/** Stops a process at a chosen step, once, as a crash would: before the step, or after it but before its answer. */
final class CrashInjector {
    enum When {
        BEFORE,
        AFTER
    }

    /** @param step a command's type, or {@link TextKeys} */
    private record Point(Class<?> step, When when, Runnable action) {}

    private volatile @Nullable Point next;

    void at(Class<?> step, When when) {
        meanwhile(step, when, () -> {
            throw new IllegalStateException("crashed " + when + " " + step.getSimpleName());
        });
    }

    /** Runs this at the step instead of crashing. */
    void meanwhile(Class<?> step, When when, Runnable action) {
        next = new Point(step, when, action);
    }

    boolean isOver() {
        return next == null;
    }

    private void come(Class<?> step, When when) {
        Point point = next;
        if (point != null && point.step().equals(step) && point.when() == when) {
            next = null;
            point.action().run();
        }
    }

    CommandGateway gateway(CommandBus bus) {
        return new CrashingGateway(DefaultCommandGateway.builder().commandBus(bus));
    }

    private final class CrashingGateway extends DefaultCommandGateway {
        CrashingGateway(Builder builder) {
            super(builder);
        }

        @Override
        public <R> CompletableFuture<R> send(Object command) {
            come(command.getClass(), When.BEFORE);
            return super.<R>send(command).thenApply(answer -> {
                come(command.getClass(), When.AFTER);
                return answer;
            });
        }
    }

    TextKeys around(TextKeys keys) {
        return new TextKeys() {
            @Override
            public void destroy(UserId author) {
                come(TextKeys.class, When.BEFORE);
                keys.destroy(author);
                come(TextKeys.class, When.AFTER);
            }

            @Override
            public void destroyBefore(ConversationId conversation, LocalDate day) {
                come(TextKeys.class, When.BEFORE);
                keys.destroyBefore(conversation, day);
                come(TextKeys.class, When.AFTER);
            }

            @Override
            public List<OldestKey> keptBefore(LocalDate day, @Nullable ConversationId after, int most) {
                return keys.keptBefore(day, after, most);
            }
        };
    }
}
