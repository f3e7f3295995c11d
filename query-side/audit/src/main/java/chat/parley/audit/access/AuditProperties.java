package chat.parley.audit.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the audit side.
 *
 * @param queryTimeout how long the read side may take for an answer about the past, which is folded from all events of a
 * conversation
 */
@ConfigurationProperties("parley.audit")
public record AuditProperties(@DefaultValue("30s") Duration queryTimeout) {}
