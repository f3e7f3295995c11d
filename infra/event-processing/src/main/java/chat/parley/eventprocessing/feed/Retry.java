package chat.parley.eventprocessing.feed;

import java.util.function.Predicate;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;

/** Repeats an operation until its answer is final, on the calling thread. */
public final class Retry {
    private Retry() {}

    /** One attempt. It answers temporary failures, and throws an exception to end the attempts. */
    @FunctionalInterface
    public interface Attempt<T, E extends Exception> {
        T make() throws E, InterruptedException;
    }

    /**
     * Attempts until the answer is final or the back-off allows no further attempt.
     *
     * @return the last answer, which is not final if all attempts are used up
     */
    public static <T, E extends Exception> T until(Predicate<? super T> isFinal, BackOff backOff, Attempt<T, E> attempt)
            throws E, InterruptedException {
        BackOffExecution pauses = backOff.start();
        while (true) {
            T answer = attempt.make();
            if (isFinal.test(answer)) {
                return answer;
            }
            long pauseMs = pauses.nextBackOff();
            if (pauseMs == BackOffExecution.STOP) {
                return answer;
            }
            Thread.sleep(pauseMs);
        }
    }
}
