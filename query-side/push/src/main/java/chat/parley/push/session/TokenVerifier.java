package chat.parley.push.session;

import chat.parley.api.Refused;
import chat.parley.api.account.LoginSessionId;
import chat.parley.web.token.AccessTokenVerifier;
import chat.parley.web.token.AuthenticatedUser;
import chat.parley.web.token.TokenVerification;
import java.time.Instant;

/** Verifies the tokens of sockets. It also rejects tokens whose end this node knows earlier than the shared check. */
public final class TokenVerifier {
    private final AccessTokenVerifier tokens;
    private final EndedLogins ended;

    public TokenVerifier(AccessTokenVerifier tokens, EndedLogins ended) {
        this.tokens = tokens;
        this.ended = ended;
    }

    /** @throws Refused if the token is rejected */
    AuthenticatedUser verify(String token) {
        return switch (tokens.verify(token)) {
            case TokenVerification.Accepted accepted -> {
                ended.refusal(accepted.user()).ifPresent(refusal -> {
                    throw new Refused(refusal);
                });
                yield accepted.user();
            }
            case TokenVerification.Rejected rejected -> throw new Refused(rejected.refusal());
        };
    }

    /** Rejects every token of this login from now on. */
    void end(LoginSessionId login, Instant at) {
        ended.remember(login, at);
    }
}
