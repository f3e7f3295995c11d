package chat.parley.identity.login;

import chat.parley.identity.password.PrioritySemaphore.Permits;
import java.time.Duration;

/** Where wrong passwords are counted. */
interface FailedLoginLimits {
    /**
     * The permits of one limit. They start complete and come back evenly over the window.
     *
     * @param subject what is limited, in one form
     */
    Permits of(String subject, int perWindow, Duration window);
}
