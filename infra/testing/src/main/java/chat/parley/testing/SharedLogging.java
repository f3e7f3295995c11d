package chat.parley.testing;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Spring's logging, configured once for all applications of this JVM. Each would configure it again when it starts, and
 * remove its configuration when it stops; two that do so at once, in tests that run in parallel, fail.
 */
public final class SharedLogging {
    static {
        new SpringApplicationBuilder(Object.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "spring.main.register-shutdown-hook=false")
                .run();
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
    }

    private SharedLogging() {}

    /** Call it before an application starts. */
    public static void configure() {
        // The static initializer has done it.
    }
}
