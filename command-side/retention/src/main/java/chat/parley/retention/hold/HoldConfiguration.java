package chat.parley.retention.hold;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Configures legal holds. */
@Configuration(proxyBeanMethods = false)
@Import({HeldScopes.class, HoldsController.class})
public class HoldConfiguration {}
