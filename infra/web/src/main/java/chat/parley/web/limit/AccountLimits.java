package chat.parley.web.limit;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rate limits of account operations; buckets as in {@link RestLimits}.
 *
 * @param wrongPasswordsPerHourPerUser wrong passwords of a logged-in user who is asked for the password again
 * @param resetsPerHourPerAddress requests for and uses of password reset codes from one network address
 * @param mailsPerHourPerUser mails with a code to one user
 * @param usernameChangesPerHourPerUser attempts; the account itself limits how often the name changes
 * @param dataExportsPerHourPerUser exports of a person's own data
 */
public record AccountLimits(
        @DefaultValue("10") int wrongPasswordsPerHourPerUser,
        @DefaultValue("30") int resetsPerHourPerAddress,
        @DefaultValue("5") int mailsPerHourPerUser,
        @DefaultValue("20") int usernameChangesPerHourPerUser,
        @DefaultValue("10") int dataExportsPerHourPerUser) {}
