package chat.parley.identity.password;

import chat.parley.api.Refused;
import chat.parley.identity.password.Credentials.Credential;
import chat.parley.identity.profile.UsernameClaims;
import java.util.Optional;

/**
 * Finds the credentials for a username, by today's comparison of names or by the one in use when the name was taken.
 */
public final class CredentialLookup {
    private final UsernameClaims claims;
    private final Credentials credentials;

    CredentialLookup(UsernameClaims claims, Credentials credentials) {
        this.claims = claims;
        this.credentials = credentials;
    }

    /** Also empty for a string that cannot be a username. */
    public Optional<Credential> find(String username) {
        try {
            return credentials
                    .find(claims.ofBefore(username))
                    .or(() -> credentials.find(claims.of(username)))
                    .filter(Credential::registered);
        } catch (Refused nobodysName) {
            return Optional.empty();
        }
    }
}
