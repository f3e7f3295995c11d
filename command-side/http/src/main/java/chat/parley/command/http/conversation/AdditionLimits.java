package chat.parley.command.http.conversation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often people are taken into groups: each is a bucket that fills again evenly over an hour. They stop who pesters
 * somebody, and not a morning on which a team sets up its groups.
 *
 * @param perHourAndPair   one person takes another into groups, new ones included
 * @param perHourAndMember one person comes into one group, whoever adds them, themselves included
 */
@ConfigurationProperties("parley.limits.additions")
record AdditionLimits(
        @DefaultValue("60") int perHourAndPair,
        @DefaultValue("30") int perHourAndMember) {}
