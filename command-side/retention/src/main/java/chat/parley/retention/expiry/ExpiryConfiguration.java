package chat.parley.retention.expiry;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Configures the job that destroys texts past their age. */
@Configuration(proxyBeanMethods = false)
@Import({ExpiryTable.class, TextFinder.class, ExpiryRounds.class})
public class ExpiryConfiguration {}
