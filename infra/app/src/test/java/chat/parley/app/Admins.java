package chat.parley.app;

import chat.parley.api.account.SystemRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;

/** Users with roles, granted with the operator's key from the data directory. */
final class Admins {
    private Admins() {}

    static Person admin(ParleyServer server) {
        Person person = server.newPerson();
        person.rest
                .send("PUT", role(person, SystemRole.ADMIN), null, "application/json", "Parley-Admin-Key", key(server))
                .expect(204);
        return Person.logIn(server.port(), person.credentials());
    }

    static Person everyRole(ParleyServer server) {
        Person admin = admin(server);
        Arrays.stream(SystemRole.values())
                .filter(role -> role != SystemRole.ADMIN)
                .forEach(role -> admin(server)
                        .rest
                        .send("PUT", role(admin, role), null, "application/json")
                        .expect(204));
        return Person.logIn(server.port(), admin.credentials());
    }

    private static String role(Person person, SystemRole role) {
        return "/users/" + person.id + "/roles/" + role.claim();
    }

    private static String key(ParleyServer server) {
        try {
            return Files.readString(server.dataDir().resolve("admin.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
