package chat.parley.embedded.elasticsearch;

import chat.parley.embedded.mongodb.Command;
import chat.parley.embedded.process.EngineFailure;
import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account an engine runs as: Parley's own, or an unprivileged one where Parley is root, which the engines refuse to be.
 *
 * <p>The unprivileged account keeps one privilege: to pass through folders closed to it (and so to read), because the data
 * directory is 0700 and may lie in a home such as {@code /root}. Where a container forbids that privilege its stronger
 * sister is tried. {@code no_setuid_fixup} makes access(2) honour the privilege, which engines ask about their own files.
 */
public final class ServiceAccount {

    private static final List<String> WAYS_THROUGH_CLOSED_FOLDERS = List.of("+dac_read_search", "+dac_override");

    private final List<String> prefix;
    private final int uid;
    private final int gid;

    private ServiceAccount(List<String> prefix, int uid, int gid) {
        this.prefix = prefix;
        this.uid = uid;
        this.gid = gid;
    }

    /** Finds the way to run {@code program --version} without being root. */
    public static ServiceAccount choose(String unprivilegedUser, Path program) {
        UnixSystem self = new UnixSystem();
        if (self.getUid() != 0) {
            ServiceAccount own = new ServiceAccount(List.of(), (int) self.getUid(), (int) self.getGid());
            String problem = own.problemWith(program);
            if (problem != null) {
                throw new EngineFailure(
                        program + " cannot be run: " + problem,
                        "If that file system forbids running programs, set parley.embedded.binaries-dir to one that does not.");
            }
            return own;
        }
        int uid = id("-u", unprivilegedUser);
        int gid = id("-g", unprivilegedUser);
        String problem = null;
        for (String capability : WAYS_THROUGH_CLOSED_FOLDERS) {
            List<String> prefix = List.of(
                    "setpriv",
                    "--reuid=" + uid,
                    "--regid=" + gid,
                    "--clear-groups",
                    "--inh-caps=" + capability,
                    "--ambient-caps=" + capability,
                    "--securebits=+no_setuid_fixup");
            ServiceAccount account = new ServiceAccount(prefix, uid, gid);
            problem = account.problemWith(program);
            if (problem == null) {
                return account;
            }
        }
        throw new EngineFailure(
                "Parley runs as root; %s, which must not, could not be run as the user '%s': %s"
                        .formatted(program, unprivilegedUser, problem),
                "Start Parley as an ordinary user; or install util-linux's setpriv; or use servers: parley.engines=server.");
    }

    /** Runs a command as this account. */
    public Command.Result run(Command command) throws IOException {
        return command.under(prefix).run();
    }

    /** Gives a directory with all that is in it to this account, whoever had it before. */
    public void own(Path directory) throws IOException {
        if (prefix.isEmpty() || isMine(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                give(file);
                return FileVisitResult.CONTINUE;
            }

            // The directory itself last: a giving that is cut short is then taken up again by the next start.
            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                give(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Root may give itself any directory; others have what they made. */
    public boolean mayOwn(Path directory) throws IOException {
        return !prefix.isEmpty() || isMine(directory);
    }

    private boolean isMine(Path path) throws IOException {
        return Integer.valueOf(uid).equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }

    private void give(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }

    private @Nullable String problemWith(Path program) {
        try {
            Command.Result result = run(Command.of(program.toString(), "--version"));
            return result.succeeded() ? null : result.output();
        } catch (IOException failure) {
            return failure.getMessage();
        }
    }

    private static int id(String option, String user) {
        try {
            Command.Result result = Command.of("id", option, user).run();
            if (result.succeeded()) {
                return Integer.parseInt(result.output());
            }
        } catch (IOException failure) {
            throw new EngineFailure("The user '%s' could not be looked up: %s".formatted(user, failure), "", failure);
        }
        throw new EngineFailure(
                "Parley runs as root, and there is no user '%s' to run the engines as.".formatted(user),
                "Name an unprivileged account with parley.embedded.unprivileged-user.");
    }
}
