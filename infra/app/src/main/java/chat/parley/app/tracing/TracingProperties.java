package chat.parley.app.tracing;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param enabled whether messages are traced
 * @param ids     whether the first span of a message names its conversation and the message
 */
@ConfigurationProperties("parley.tracing")
record TracingProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("false") boolean ids) {}
