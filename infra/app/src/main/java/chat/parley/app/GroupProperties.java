package chat.parley.app;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What groups are allowed.
 *
 * @param maxMembers members a group may have at a time, 2 to 500
 */
@ConfigurationProperties("parley.group")
record GroupProperties(@DefaultValue("100") int maxMembers) {}
