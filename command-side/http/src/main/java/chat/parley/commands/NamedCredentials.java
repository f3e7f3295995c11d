package chat.parley.commands;

import chat.parley.api.Refused;
import chat.parley.commands.Credentials.Credential;
import java.util.Optional;

/** Whose credentials a username means, whichever way names were compared when it was taken. */
final class NamedCredentials {
    private final Claims claims;
    private final Credentials credentials;

    NamedCredentials(Claims claims, Credentials credentials) {
        this.claims = claims;
        this.credentials = credentials;
    }

    /** Empty for what is nobody's name, too. */
    Optional<Credential> find(String username) {
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
