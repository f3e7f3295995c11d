package chat.parley.identity.login;

import chat.parley.api.port.KeyedHash;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens, renews and ends login sessions. */
@Configuration(proxyBeanMethods = false)
@Import({KnownLoginSources.class, JdbcActivityVault.class, JdbcDeviceLeases.class, LoginThrottle.class, Logins.class})
public class LoginConfiguration {
    @Bean
    @ConditionalOnProperty(name = "parley.engines", havingValue = "embedded", matchIfMissing = true)
    FailedLoginLimits failedLoginsOfThisNode(Clock clock) {
        return new FailedLoginsOfThisNode(clock);
    }

    /** Logins on a node that is one of several. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "parley.engines", havingValue = "server")
    static class OneOfSeveral {
        @Bean
        FailedLoginsOfAllNodes failedLoginsOfAllNodes(JdbcClient vault, KeyedHash hash) {
            return new FailedLoginsOfAllNodes(vault, hash);
        }
    }
}
