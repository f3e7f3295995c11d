package chat.parley.app;

import chat.parley.api.account.SystemRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

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
        return holder(server, SystemRole.values());
    }

    /** A user with these roles, granted by an admin. */
    static Person holder(ParleyServer server, SystemRole... roles) {
        Person admin = admin(server);
        Person person = server.newPerson();
        for (SystemRole role : roles) {
            admin.rest.send("PUT", role(person, role), null, "application/json").expect(204);
        }
        return Person.logIn(server.port(), person.credentials());
    }

    private static String role(Person person, SystemRole role) {
        return "/users/" + person.id + "/roles/" + role.claim() + "?reason=test";
    }

    private static String key(ParleyServer server) {
        try {
            return Files.readString(server.dataDir().resolve("admin.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
