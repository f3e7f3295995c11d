package chat.parley.web.token;

/** Names of the claims in an access token, beside those that JWT itself defines. */
public final class TokenClaims {
    /** The login session. */
    public static final String SESSION = "sid";

    /** The device. A token of an external issuer has none. */
    public static final String DEVICE = "dev";

    /** The user's roles, as {@link chat.parley.api.account.SystemRole#claim} names them. */
    public static final String ROLES = "roles";

    /** The generation of the login session's tokens. A change of roles begins a new one. */
    public static final String GENERATION = "gen";

    private TokenClaims() {}
}
