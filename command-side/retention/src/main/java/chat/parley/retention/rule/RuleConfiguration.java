package chat.parley.retention.rule;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Configures retention rules. */
@Configuration(proxyBeanMethods = false)
@Import(RulesController.class)
public class RuleConfiguration {}
