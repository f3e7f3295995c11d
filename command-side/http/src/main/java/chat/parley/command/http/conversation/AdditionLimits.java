package chat.parley.command.http.conversation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits how often users are added to groups. Each limit is a bucket that refills evenly over an hour. The defaults
 * stop harassment by repeated additions and leave room for a team that sets up many groups in a morning.
 *
 * @param perHourAndPair additions of one user to groups by one other user, new groups included
 * @param perHourAndMember times that one user becomes a member of one group, by joining or by being added
 */
@ConfigurationProperties("parley.limits.additions")
record AdditionLimits(
        @DefaultValue("60") int perHourAndPair,
        @DefaultValue("30") int perHourAndMember) {}
