package chat.parley.app;

import chat.parley.api.account.SystemRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Users with roles, granted with the operator's key from the data directory. */
final class Admins {
    private Admins() {}

    static TestUser admin(ParleyServer server) {
        return admin(server.port(), server.dataDir());
    }

    private static TestUser admin(int port, Path dataDir) {
        TestUser person = TestUser.signUp(port);
        grantByKey(person.rest, person, dataDir);
        return TestUser.logIn(port, person.credentials());
    }

    /** Makes somebody an admin, as the operator does. */
    static void grantByKey(ApiClient client, TestUser person, Path dataDir) {
        client.send("PUT", role(person, SystemRole.ADMIN), null, "application/json", "Parley-Admin-Key", key(dataDir))
                .expect(204);
    }

    static TestUser everyRole(ParleyServer server) {
        return holder(server, SystemRole.values());
    }

    /** A user with these roles, granted by an admin. */
    static TestUser holder(ParleyServer server, SystemRole... roles) {
        return holder(server.port(), server.dataDir(), roles);
    }

    static TestUser holder(int port, Path dataDir, SystemRole... roles) {
        TestUser person = TestUser.signUp(port);
        grant(admin(port, dataDir), person, roles);
        return TestUser.logIn(port, person.credentials());
    }

    static void grant(ParleyServer server, TestUser person, SystemRole... roles) {
        grant(admin(server), person, roles);
    }

    private static void grant(TestUser admin, TestUser person, SystemRole... roles) {
        for (SystemRole role : roles) {
            admin.rest.send("PUT", role(person, role), null, "application/json").expect(204);
        }
    }

    private static String role(TestUser person, SystemRole role) {
        return "/users/" + person.id + "/roles/" + role.claim() + "?reason=test";
    }

    private static String key(Path dataDir) {
        try {
            return Files.readString(dataDir.resolve("admin.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
