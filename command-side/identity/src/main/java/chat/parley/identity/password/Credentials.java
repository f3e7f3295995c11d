package chat.parley.identity.password;

import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Password hashes, in the vault. */
public final class Credentials {
    private static final String SELECT = "select user_id, password_hash, registered, version from vault.credentials ";

    private final JdbcClient vault;
    private final Clock clock;

    Credentials(JdbcClient vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * @param registered false until the account itself is known to exist
     * @param version increases with each change of the password
     */
    public record Credential(UserId user, String passwordHash, boolean registered, long version) {}

    public Optional<Credential> find(UsernameClaimId claim) {
        return vault.sql(SELECT + "where claim = ?")
                .param(claim.value())
                .query(Credentials::credential)
                .optional();
    }

    /** The credentials of a registered account. */
    public Optional<Credential> of(UserId user) {
        return vault.sql(SELECT + "where user_id = ? and registered")
                .param(user.value())
                .query(Credentials::credential)
                .optional();
    }

    private static Credential credential(ResultSet row, int number) throws SQLException {
        return new Credential(
                new UserId(row.getString("user_id")),
                row.getString("password_hash"),
                row.getBoolean("registered"),
                row.getLong("version"));
    }

    /** Changes nothing if the claim already has credentials. */
    public void insertPending(UsernameClaimId claim, UserId user, String passwordHash) {
        vault.sql("insert into vault.credentials (claim, user_id, password_hash, created_at) values (?, ?, ?, ?) "
                        + "on conflict do nothing")
                .params(claim.value(), user.value(), passwordHash, Timestamp.from(clock.instant()))
                .update();
    }

    public void markRegistered(UsernameClaimId claim) {
        vault.sql("update vault.credentials set registered = true where claim = ?")
                .param(claim.value())
                .update();
    }

    /** Stores another hash of the same password. Changes nothing if the password has been changed meanwhile. */
    public void changeHash(Credential before, String passwordHash) {
        vault.sql("update vault.credentials set password_hash = ? where user_id = ? and password_hash = ?")
                .params(passwordHash, before.user().value(), before.passwordHash())
                .update();
    }

    /** Sets another password. False if it has been changed meanwhile. */
    public boolean setPassword(Credential before, String passwordHash) {
        return vault.sql("update vault.credentials set password_hash = ?, version = version + 1 "
                                + "where user_id = ? and version = ?")
                        .params(passwordHash, before.user().value(), before.version())
                        .update()
                == 1;
    }

    /** Sets another password by a code, which is used up. False if the code is no longer valid. */
    public boolean resetPassword(UserId user, byte[] codeHash, String passwordHash) {
        return vault.sql("with used as (delete from vault.one_time_codes where code_hash = :code and user_id = :user "
                                + "and expires_at > :now returning user_id) "
                                + "update vault.credentials set password_hash = :hash, version = version + 1 "
                                + "from used where credentials.user_id = used.user_id")
                        .param("code", codeHash)
                        .param("user", user.value())
                        .param("now", Timestamp.from(clock.instant()))
                        .param("hash", passwordHash)
                        .update()
                == 1;
    }

    /** From now on the user logs in with this name. */
    public void move(UserId user, UsernameClaimId claim) {
        vault.sql("update vault.credentials set claim = ? where user_id = ?")
                .params(claim.value(), user.value())
                .update();
    }

    public void remove(UserId user) {
        vault.sql("delete from vault.credentials where user_id = ?")
                .param(user.value())
                .update();
    }
}
