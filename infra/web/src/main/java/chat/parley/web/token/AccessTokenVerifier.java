package chat.parley.web.token;

/** Checks access tokens. There is one bean of it, which REST and the socket share. */
@FunctionalInterface
public interface AccessTokenVerifier {
    TokenVerification verify(String token);
}
