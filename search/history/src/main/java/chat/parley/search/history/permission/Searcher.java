package chat.parley.search.history.permission;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.oauth2.jwt.Jwt;

/** The searching user and the user's roles. */
public record Searcher(UserId user, Set<SystemRole> roles) {
    private static final String ROLES = "roles";

    public Searcher {
        roles = Set.copyOf(roles);
    }

    public static Searcher of(Jwt token) {
        String subject = token.getSubject();
        if (subject == null) {
            throw new Refused(Refusal.TOKEN_INVALID);
        }
        List<String> claimed = token.getClaimAsStringList(ROLES);
        return new Searcher(
                new UserId(subject),
                claimed == null
                        ? Set.of()
                        : Stream.of(SystemRole.values())
                                .filter(role -> claimed.contains(role.claim()))
                                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether the user may search all current texts. */
    public boolean isAnalyst() {
        return roles.contains(SystemRole.ANALYST) || isInvestigator();
    }

    /** Whether the user may also search edited and retracted texts. */
    public boolean isInvestigator() {
        return roles.contains(SystemRole.INVESTIGATOR);
    }
}
