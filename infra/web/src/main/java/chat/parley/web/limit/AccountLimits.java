package chat.parley.web.limit;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rate limits of what people do with their accounts; buckets as in {@link RestLimits}.
 *
 * @param wrongPasswordsPerHourPerUser   where somebody who is logged in is asked for their password again
 * @param resetsPerHourPerAddress        forgotten passwords, asked for or set anew, from one network address
 * @param mailsPerHourPerUser            mails with a code to one user
 * @param usernameChangesPerHourPerUser  attempts; how often the name itself changes is a rule of the account
 */
public record AccountLimits(
        @DefaultValue("10") int wrongPasswordsPerHourPerUser,
        @DefaultValue("30") int resetsPerHourPerAddress,
        @DefaultValue("5") int mailsPerHourPerUser,
        @DefaultValue("20") int usernameChangesPerHourPerUser) {}
