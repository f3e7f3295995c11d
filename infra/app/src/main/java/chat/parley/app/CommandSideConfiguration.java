package chat.parley.app;

import chat.parley.dispatch.CommandHandlingConfiguration;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The clock and the command bus of every process. {@link AggregateConfiguration} has what handles commands. */
@Configuration(proxyBeanMethods = false)
@Import(CommandHandlingConfiguration.class)
class CommandSideConfiguration {
    @Bean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
