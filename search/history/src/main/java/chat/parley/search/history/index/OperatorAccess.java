package chat.parley.search.history.index;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.SystemRole;
import chat.parley.web.token.RoleAuthorities;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Checks access to the endpoints that administer the index. */
public final class OperatorAccess {
    private static final Set<String> AUTHORITIES = Stream.of(SystemRole.ADMIN, SystemRole.AUDITOR)
            .map(RoleAuthorities::of)
            .collect(Collectors.toUnmodifiableSet());

    private OperatorAccess() {}

    /** @throws Refused {@link Refusal#FORBIDDEN} unless the caller is an admin or auditor */
    public static void require(@Nullable Authentication caller) {
        if (caller == null
                || caller.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .noneMatch(AUTHORITIES::contains)) {
            throw new Refused(Refusal.FORBIDDEN);
        }
    }
}
