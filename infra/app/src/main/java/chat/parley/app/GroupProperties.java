package chat.parley.app;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of groups.
 *
 * @param maxMembers highest number of members of a group, 2 to 500
 */
@ConfigurationProperties("parley.group")
record GroupProperties(@DefaultValue("100") int maxMembers) {}
