package chat.parley.identity.login;

import chat.parley.api.account.SystemRole;
import java.util.List;

/** Logins that the login page offers as buttons to a browser on the server's own machine. */
@FunctionalInterface
public interface OfferedLogins {
    List<OfferedLogin> offered();

    /** @param roles empty for most */
    record OfferedLogin(String username, String displayName, List<SystemRole> roles, String password) {
        @Override
        public String toString() {
            return "OfferedLogin[username=" + username + "]";
        }
    }
}
