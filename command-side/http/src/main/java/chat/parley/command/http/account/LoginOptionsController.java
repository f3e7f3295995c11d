package chat.parley.command.http.account;

import chat.parley.api.account.SystemRole;
import chat.parley.identity.login.OfferedLogins;
import chat.parley.identity.login.OfferedLogins.OfferedLogin;
import chat.parley.identity.policy.AuthProperties;
import chat.parley.web.address.RequestAddresses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How people log in here, for the login page. */
@RestController
@RequestMapping("/api/v1/login-options")
final class LoginOptionsController {
    /** A site that lets its own name point at this machine is another host, and its scripts must learn no password. */
    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final boolean passwords;
    private final @Nullable Issuer issuer;
    private final ObjectProvider<OfferedLogins> offers;

    LoginOptionsController(AuthProperties properties, ObjectProvider<OfferedLogins> offers) {
        this.passwords = !properties.external();
        this.issuer = issuer(properties);
        this.offers = offers;
    }

    /**
     * @param passwords whether people sign up and log in with passwords here
     * @param issuer where they log in otherwise; null if this server knows no client for the page
     * @param demo people whom anybody may be, only on the server's own machine
     */
    record LoginOptions(boolean passwords, @Nullable Issuer issuer, List<DemoLogin> demo) {}

    /** An OpenID Connect issuer and the public client that is known there. */
    record Issuer(String issuer, String clientId) {}

    /** @param roles such as {@code analyst} */
    record DemoLogin(String username, String displayName, List<String> roles, String password) {
        static DemoLogin of(OfferedLogin offered) {
            return new DemoLogin(
                    offered.username(),
                    offered.displayName(),
                    offered.roles().stream().map(SystemRole::claim).toList(),
                    offered.password());
        }

        @Override
        public String toString() {
            return "DemoLogin[username=" + username + "]";
        }
    }

    @SecurityRequirements
    @Operation(
            summary = "How to log in",
            description =
                    "Whether this server has passwords of its own, the OpenID Connect issuer to log in at otherwise,"
                            + " and the people of the demonstration with their password, if there is one and the request"
                            + " comes from the server's own machine. Needs no token.")
    @GetMapping
    LoginOptions options(HttpServletRequest request) {
        return new LoginOptions(passwords, issuer, isHere(request) ? demo() : List.of());
    }

    private static @Nullable Issuer issuer(AuthProperties properties) {
        return properties.external() && properties.issuerUri() != null && properties.clientId() != null
                ? new Issuer(properties.issuerUri(), properties.clientId())
                : null;
    }

    private List<DemoLogin> demo() {
        return offers.orderedStream()
                .flatMap(offer -> offer.offered().stream())
                .map(DemoLogin::of)
                .toList();
    }

    private static boolean isHere(HttpServletRequest request) {
        return RequestAddresses.isDirectAndLocal(request) && LOCAL_HOSTS.contains(request.getServerName());
    }
}
