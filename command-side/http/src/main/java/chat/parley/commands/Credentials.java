package chat.parley.commands;

import chat.parley.api.UserId;
import chat.parley.api.UsernameClaimId;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Password hashes, in the vault. */
final class Credentials {
    private final JdbcClient vault;
    private final Clock clock;

    Credentials(JdbcClient vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /** @param registered false while the account itself is not known to exist */
    record Credential(UserId user, String passwordHash, boolean registered) {}

    Optional<Credential> find(UsernameClaimId claim) {
        return vault.sql("select user_id, password_hash, registered from vault.credentials where claim = ?")
                .param(claim.value())
                .query((row, number) -> new Credential(
                        new UserId(row.getString("user_id")),
                        row.getString("password_hash"),
                        row.getBoolean("registered")))
                .optional();
    }

    /** Changes nothing where there are credentials for this claim already. */
    void insertPending(UsernameClaimId claim, UserId user, String passwordHash) {
        vault.sql("insert into vault.credentials (claim, user_id, password_hash, created_at) values (?, ?, ?, ?) "
                        + "on conflict do nothing")
                .params(claim.value(), user.value(), passwordHash, Timestamp.from(clock.instant()))
                .update();
    }

    void markRegistered(UsernameClaimId claim) {
        vault.sql("update vault.credentials set registered = true where claim = ?")
                .param(claim.value())
                .update();
    }

    /** The same password, hashed in another way; nothing where it has been changed meanwhile. */
    void changeHash(Credential before, String passwordHash) {
        vault.sql("update vault.credentials set password_hash = ? where user_id = ? and password_hash = ?")
                .params(passwordHash, before.user().value(), before.passwordHash())
                .update();
    }
}
