package chat.parley.web.token;

/** Verifies access tokens. REST and the socket share one bean of this type. */
@FunctionalInterface
public interface AccessTokenVerifier {
    TokenVerification verify(String token);
}
