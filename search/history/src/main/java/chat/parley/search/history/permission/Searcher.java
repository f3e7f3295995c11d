package chat.parley.search.history.permission;

import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.web.token.AuthenticatedUser;
import java.util.Set;
import org.springframework.security.oauth2.jwt.Jwt;

/** The searching user and the user's roles. */
public record Searcher(UserId user, Set<SystemRole> roles) {
    public Searcher {
        roles = Set.copyOf(roles);
    }

    public static Searcher of(Jwt token) {
        AuthenticatedUser caller = AuthenticatedUser.of(token);
        return new Searcher(caller.user(), caller.roles());
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
