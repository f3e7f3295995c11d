package chat.parley.identity.login;

import chat.parley.dispatch.PeriodicRounds;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Deletes the limits of failed logins that are unused again, where people log in. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "parley.engines", havingValue = "server")
public class FailedLoginDeletions {
    private static final Duration PAUSE = Duration.ofMinutes(10);

    @Bean
    PeriodicRounds failedLoginRounds(FailedLoginsOfAllNodes failedLogins) {
        return new PeriodicRounds("failed-logins", PAUSE, failedLogins::deleteUnused);
    }
}
