package chat.parley.web.token;

import chat.parley.api.account.SystemRole;

/** Names roles as Spring Security's authorities. */
public final class RoleAuthorities {
    public static final String PREFIX = "ROLE_";

    private RoleAuthorities() {}

    public static String of(SystemRole role) {
        return PREFIX + role.claim();
    }
}
