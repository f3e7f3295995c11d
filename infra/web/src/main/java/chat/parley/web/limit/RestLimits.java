package chat.parley.web.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rate limits of HTTP requests. Each is a bucket of that many requests that refills evenly over its time. IPv6
 * addresses count by their first 64 bits.
 *
 * @param requestsPerMinutePerUser requests with a valid token
 * @param requestsPerMinutePerAddress requests of any kind; many people may share an address
 * @param signUpsPerMinutePerAddress new accounts
 * @param contactRequestsPerHourPerUser contact requests and acceptances
 * @param failedLoginsPerAccount wrong passwords for one username within {@code failedLoginWindow} from all sources that
 *     are new to it, and the same number from each device or address that it was logged into from before
 * @param failedLoginsPerAccountAndAddress of these, from one address
 * @param failedLoginsPerAddress wrong passwords from one address for usernames it is new to, within
 *     {@code failedLoginWindow}
 * @param failedLoginWindow time over which failed logins are forgiven, evenly
 * @param loginPatience longest wait of a login before it is refused
 */
public record RestLimits(
        @DefaultValue("1200") int requestsPerMinutePerUser,
        @DefaultValue("6000") int requestsPerMinutePerAddress,
        @DefaultValue("60") int signUpsPerMinutePerAddress,
        @DefaultValue("100") int contactRequestsPerHourPerUser,
        @DefaultValue("60") int failedLoginsPerAccount,
        @DefaultValue("10") int failedLoginsPerAccountAndAddress,
        @DefaultValue("100") int failedLoginsPerAddress,
        @DefaultValue("10m") Duration failedLoginWindow,
        @DefaultValue("20s") Duration loginPatience) {}
