package chat.parley.embedded.process;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * Stops a child process once: when its bean is destroyed, or after Spring has given up closing a context that is stuck
 * in its start. Spring Boot runs these handlers after it has closed all contexts, so never before the users of the
 * child.
 */
public final class ShutdownHook implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ShutdownHook.class);

    private final Runnable stop;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private ShutdownHook(Runnable stop) {
        this.stop = stop;
    }

    public static ShutdownHook register(Runnable stop) {
        ShutdownHook lastResort = new ShutdownHook(stop);
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
