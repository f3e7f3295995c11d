package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import chat.parley.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The command line with a running server. */
class CommandLineTest {
    private final ParleyServer server = ParleyServer.shared();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private String url() {
        return "http://localhost:" + server.port();
    }

    /** Logs in by the program itself. */
    private String tokenOf(TestUser person) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), TestUser.PASSWORD);
        Path token = directory.resolve(person.id);
        assertThat(run(
                        "login",
                        person.username,
                        "--server",
                        url(),
                        "--password-file",
                        password.toString(),
                        "--write",
                        token.toString()))
                .as(err.toString())
                .isZero();
        return token.toString();
    }

    @Test
    void fromTheFirstAdminToAVerifiedExport() throws IOException {
        TestUser admin = server.newPerson();
        TestUser auditor = server.newPerson();
        Path key = server.dataDir().resolve("admin.key");
        assertThat(run(
                        "grant",
                        admin.id,
                        "admin",
                        "--reason",
                        "first admin",
                        "--server",
                        url(),
                        "--admin-key",
                        key.toString()))
                .as(err.toString())
                .isZero();
        assertThat(run(
                        "grant",
                        auditor.id,
                        "auditor",
                        "--reason",
                        "감사",
                        "--server",
                        url(),
                        "--token-file",
                        tokenOf(admin)))
                .as(err.toString())
                .isZero();

        Path archive = directory.resolve("export.zip");
        assertThat(run(
                        "export",
                        "--reason",
                        "사건 18",
                        "--select",
                        "user=" + auditor.id,
                        "--server",
                        url(),
                        "--token-file",
                        tokenOf(auditor),
                        "-o",
                        archive.toString()))
                .as(err.toString())
                .isZero();
        assertThat(run("verify", archive.toString())).isZero();
        assertThat(directory.resolve("export.zip.part")).doesNotExist();

        assertThat(run(
                        "revoke",
                        auditor.id,
                        "auditor",
                        "--reason",
                        "over",
                        "--server",
                        url(),
                        "--token-file",
                        tokenOf(admin)))
                .as(err.toString())
                .isZero();
        assertThat(run(
                        "export",
                        "--reason",
                        "again",
                        "--server",
                        url(),
                        "--token-file",
                        tokenOf(auditor),
                        "-o",
                        archive.toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("forbidden");
    }

    @Test
    @ResourceLock(ParleyServer.REBUILD)
    void aRebuildIsFollowedToItsEnd() throws IOException {
        TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
        assertThat(run(
                        "rebuild",
                        "read-model",
                        "--reason",
                        "사건 18",
                        "--server",
                        url(),
                        "--token-file",
                        tokenOf(auditor)))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("events/s", "Serving g");
        assertThat(run("rebuild", "search", "--reason", "x", "--server", url(), "--token-file", tokenOf(auditor)))
                .isEqualTo(3);
        assertThat(err.toString()).contains("search-off");
    }
}
