package chat.parley.retention.erasure;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.dispatch.PeriodicRounds;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes the steps of every erasure that is not known to be finished, soon after a start and from time to time. Several
 * nodes may do so at the same time, because a repeated step changes nothing.
 */
public final class ErasureFinisher implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ErasureFinisher.class);

    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final int AT_ONCE = 100;

    private final ErasureTable table;
    private final ErasureSteps steps;
    private final PeriodicRounds rounds = new PeriodicRounds("erasures", PAUSE, this::finishAll);

    ErasureFinisher(ErasureTable table, ErasureSteps steps) {
        this.table = table;
        this.steps = steps;
    }

    public void finishAll() {
        for (Erasure erasure : table.unfinished(AT_ONCE)) {
            try {
                steps.take(erasure);
            } catch (RuntimeException stopped) {
                log.warn(
                        "The erasure of {} stopped after {} ({}); unless it was refused for good, the next round continues it",
                        erasure.user(),
                        erasure.step(),
                        Refused.in(stopped).map(Refusal::code).orElseGet(() -> ExceptionSummary.describe(stopped)));
            }
        }
    }

    @Override
    public void start() {
        rounds.start();
    }

    @Override
    public void stop() {
        rounds.stop();
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }
}
