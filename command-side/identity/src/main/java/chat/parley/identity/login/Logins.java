package chat.parley.identity.login;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.EndSession;
import chat.parley.api.account.AccountCommand.ReactivateAccount;
import chat.parley.api.account.AccountCommand.RegisterDevice;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.DeviceRegistration;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.port.OpenLogins;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.identity.login.LoginThrottle.Attempt;
import chat.parley.identity.password.CredentialLookup;
import chat.parley.identity.password.Credentials;
import chat.parley.identity.password.Credentials.Credential;
import chat.parley.identity.password.Passwords;
import chat.parley.identity.password.PrioritySemaphore.Priority;
import chat.parley.identity.profile.Profiles;
import chat.parley.identity.profile.UsernameClaims;
import chat.parley.identity.session.LoginSession;
import chat.parley.identity.session.LoginSessions;
import chat.parley.identity.session.RefreshToken;
import chat.parley.identity.session.RefreshTokens;
import chat.parley.identity.token.AccessTokens;
import chat.parley.web.problem.RateLimited;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Opens, renews and ends login sessions. */
public final class Logins {
    private final UsernameClaims claims;
    private final CredentialLookup named;
    private final Credentials credentials;
    private final Passwords passwords;
    private final LoginSessions sessions;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final Profiles profiles;
    private final CommandDispatcher commands;
    private final KnownLoginSources sources;
    private final LoginThrottle throttle;
    private final RecommendedGateway gateways;

    Logins(
            UsernameClaims claims,
            CredentialLookup named,
            Credentials credentials,
            Passwords passwords,
            LoginSessions sessions,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            Profiles profiles,
            CommandDispatcher commands,
            KnownLoginSources sources,
            LoginThrottle throttle,
            ObjectProvider<RecommendedGateway> gateways) {
        this.claims = claims;
        this.named = named;
        this.credentials = credentials;
        this.passwords = passwords;
        this.sessions = sessions;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.profiles = profiles;
        this.commands = commands;
        this.sources = sources;
        this.throttle = throttle;
        this.gateways = gateways.getIfAvailable(RecommendedGateway::sameServer);
    }

    public Tokens logIn(String username, String password, DeviceId device, String address, URI self) {
        Credential known = authenticate(username, password, device, address);
        UserId user = known.user();
        register(user, device);
        FindUser.Profile profile = profiles.of(user);
        sessions.ofDevice(user, device).ifPresent(this::tellEnded);
        RefreshToken refreshToken = refreshTokens.first(LoginSessionId.random());
        LoginSession session = sessions.open(user, device, refreshToken);
        requireStillGood(known, session);
        // After the session is stored: a concurrent closing of the account either ends this session or comes before the
        // reactivation.
        commands.send(new ReactivateAccount(user));
        return tokens(session, refreshToken, profile, self);
    }

    /** Refuses the login if the password was changed or the account was deleted since the password was compared. */
    private void requireStillGood(Credential known, LoginSession session) {
        boolean same = credentials
                .of(known.user())
                .filter(now -> now.version() == known.version())
                .isPresent();
        if (!same) {
            end(session);
            throw new Refused(Refusal.BAD_CREDENTIALS);
        }
    }

    /**
     * If the account has too many devices, the registration removes some. Their sessions end here, and their sockets
     * end on the event.
     */
    private void register(UserId user, DeviceId device) {
        List<DeviceId> silentLongestFirst = sessions.of(user).reversed().stream()
                .map(OpenLogins.Login::device)
                .toList();
        commands.send(new RegisterDevice(user, device, silentLongestFirst), DeviceRegistration.class)
                .gaveWay()
                .forEach(gone -> sessions.endOfDevice(user, gone));
    }

    /** Unknown usernames and wrong passwords get the same answer after the same time. */
    private Credential authenticate(String username, String password, DeviceId device, String address) {
        Optional<Credential> credential = named.find(username);
        Attempt attempt = new Attempt(
                claim(username).map(UsernameClaimId::value).orElse(""),
                device,
                address,
                sources.of(credential.map(Credential::user), device, address));
        if (!isRight(password, credential, attempt)) {
            throw new Refused(Refusal.BAD_CREDENTIALS);
        }
        throttle.release(attempt);
        Credential known = credential.orElseThrow();
        passwords.renewed(password, known.passwordHash()).ifPresent(hash -> credentials.changeHash(known, hash));
        sources.remember(known.user(), device, address);
        return known;
    }

    private boolean isRight(String password, Optional<Credential> credential, Attempt attempt) {
        Priority priority = throttle.begin(attempt);
        try {
            return passwords.match(password, credential.map(Credential::passwordHash), priority);
        } catch (RateLimited notEvenLookedAt) {
            throttle.release(attempt);
            throw notEvenLookedAt;
        }
    }

    private Optional<UsernameClaimId> claim(String username) {
        try {
            return Optional.of(claims.of(username));
        } catch (Refused nobodysName) {
            return Optional.empty();
        }
    }

    /** The old token is invalidated last, so that it can be used again after a failure. */
    public Tokens refresh(String presented, URI self) {
        RefreshToken current = refreshTokens.parse(presented).orElseThrow(() -> new Refused(Refusal.TOKEN_INVALID));
        // The generation is read before the roles: if the roles change in between, this access token is refused.
        LoginSession session = sessions.find(current.session()).orElseThrow(() -> new Refused(Refusal.TOKEN_INVALID));
        FindUser.Profile profile = profiles.of(session.user());
        RefreshToken next = refreshTokens.after(current);
        if (!sessions.rotate(current, next)) {
            // The token is genuine but was used before. Either it or its successor was stolen, and the two cases cannot
            // be told apart.
            end(session);
            throw new Refused(Refusal.TOKEN_INVALID);
        }
        return tokens(session, next, profile, self);
    }

    /** The event is stored first. If the deletion from the vault fails, the same token can ask for it again. */
    public void end(LoginSession session) {
        tellEnded(session);
        sessions.end(session.id());
    }

    /** Ends every session of a user except {@code kept}. */
    public void endAll(UserId user, @Nullable LoginSessionId kept) {
        sessions.all(user).stream()
                .filter(session -> !session.id().equals(kept))
                .forEach(this::end);
    }

    private void tellEnded(LoginSession session) {
        commands.send(new EndSession(session.user(), session.device(), session.id()));
    }

    private Tokens tokens(LoginSession session, RefreshToken refreshToken, FindUser.Profile profile, URI self) {
        return new Tokens(
                accessTokens.issue(session, profile.roles()),
                refreshToken.value(),
                accessTokens.ttl().toSeconds(),
                profiles.view(profile),
                gateways.webSocketUrl(self));
    }
}
