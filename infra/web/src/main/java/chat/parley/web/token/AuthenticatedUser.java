package chat.parley.web.token;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The user that the access token of a request or a socket names.
 *
 * @param login the login session
 * @param device null in a token of an external issuer, which does not name a device
 * @param issuedAt in whole seconds; {@link Instant#EPOCH} if the token does not say
 */
public record AuthenticatedUser(
        UserId user,
        LoginSessionId login,
        @Nullable DeviceId device,
        Set<SystemRole> roles,
        Instant issuedAt,
        Instant expiresAt) {
    /** Stands for the user's own id in a path. */
    public static final String ME = "me";

    public AuthenticatedUser {
        roles = Set.copyOf(roles);
    }

    /** @throws Refused {@link Refusal#TOKEN_INVALID} if a claim is missing or malformed */
    public static AuthenticatedUser of(Jwt token) {
        String subject = token.getSubject();
        String login = token.getClaimAsString(TokenClaims.SESSION);
        String device = token.getClaimAsString(TokenClaims.DEVICE);
        Instant issuedAt = token.getIssuedAt();
        Instant expiresAt = token.getExpiresAt();
        if (subject == null || login == null || expiresAt == null) {
            throw new Refused(Refusal.TOKEN_INVALID);
        }
        try {
            return new AuthenticatedUser(
                    new UserId(subject),
                    new LoginSessionId(login),
                    device == null ? null : new DeviceId(device),
                    roles(token),
                    issuedAt == null ? Instant.EPOCH : issuedAt,
                    expiresAt);
        } catch (Refused malformedId) {
            throw new Refused(Refusal.TOKEN_INVALID);
        }
    }

    /** The user that a path names by id or as {@link #ME}. */
    public UserId named(String id) {
        return ME.equals(id) ? user : new UserId(id);
    }

    /**
     * Asked before a user sends or changes anything, over REST and WebSocket. Auditors only read, so that nobody can both
     * write the history and attest it.
     *
     * @throws Refused {@link Refusal#FORBIDDEN} if the user is an auditor, whatever other roles the user has
     */
    public void requireParticipant() {
        if (roles.contains(SystemRole.AUDITOR)) {
            throw new Refused(Refusal.FORBIDDEN, "An auditor reads, but sends and changes nothing");
        }
    }

    private static Set<SystemRole> roles(Jwt token) {
        List<String> claimed = token.getClaimAsStringList(TokenClaims.ROLES);
        return claimed == null
                ? Set.of()
                : Arrays.stream(SystemRole.values())
                        .filter(role -> claimed.contains(role.claim()))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
