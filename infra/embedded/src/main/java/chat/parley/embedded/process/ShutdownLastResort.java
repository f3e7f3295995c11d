package chat.parley.embedded.process;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * Stops a child process once: when its bean is destroyed or, where Spring gives up closing a context that is stuck in its
 * own start, after that. Boot runs these handlers when it has closed all contexts, so never before the users of the child.
 */
public final class ShutdownLastResort implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ShutdownLastResort.class);

    private final Runnable stop;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private ShutdownLastResort(Runnable stop) {
        this.stop = stop;
    }

    public static ShutdownLastResort register(Runnable stop) {
        ShutdownLastResort lastResort = new ShutdownLastResort(stop);
        try {
            SpringApplication.getShutdownHandlers().add(lastResort);
        } catch (IllegalStateException shuttingDown) {
            lastResort.run();
            throw shuttingDown;
        }
        return lastResort;
    }

    @Override
    public void run() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        stop.run();
        try {
            SpringApplication.getShutdownHandlers().remove(this);
        } catch (IllegalStateException shuttingDown) {
            log.trace("The handlers stay as they are during the shutdown; this one has nothing left to do");
        }
    }
}
