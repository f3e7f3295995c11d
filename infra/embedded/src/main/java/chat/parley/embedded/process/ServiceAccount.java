package chat.parley.embedded.process;

import chat.parley.api.process.StartupFailure;
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
 * The account that runs an engine: Parley's own, or an unprivileged one if Parley is root, which the engines refuse.
 *
 * <p>The unprivileged account keeps one capability, to read and traverse any directory, because the data directory has
 * mode 0700 and may be in a closed home such as {@code /root}. If a container forbids {@code dac_read_search}, the
 * stronger {@code dac_override} is tried. {@code no_setuid_fixup} makes access(2), which engines use for their own
 * files, respect the capability.
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

    /** Chooses an account that can run {@code program --version}. */
    public static ServiceAccount choose(String unprivilegedUser, Path program) {
        UnixSystem self = new UnixSystem();
        if (self.getUid() != 0) {
            ServiceAccount own = new ServiceAccount(List.of(), (int) self.getUid(), (int) self.getGid());
            String problem = own.problemWith(program);
            if (problem != null) {
                throw new StartupFailure(
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
        throw new StartupFailure(
                "Parley runs as root; %s, which refuses to run as root, could not be run as the user '%s': %s"
                        .formatted(program, unprivilegedUser, problem),
                "Start Parley as an ordinary user; or install util-linux's setpriv; or use servers: parley.engines=server.");
    }

    /** Runs a command as this account. */
    public ChildCommand.Result run(ChildCommand command) throws IOException {
        return command.under(prefix).run();
    }

    /** Makes this account the owner of a directory and its contents. */
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

            // The directory itself comes last, so that the next start repeats an interrupted change.
            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                give(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whether this account may own the directory: root may take any, other users only their own. */
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
            ChildCommand.Result result = run(ChildCommand.of(program.toString(), "--version"));
            return result.succeeded() ? null : result.output();
        } catch (IOException failure) {
            return failure.getMessage();
        }
    }

    private static int id(String option, String user) {
        try {
            ChildCommand.Result result = ChildCommand.of("id", option, user).run();
            if (result.succeeded()) {
                return Integer.parseInt(result.output());
            }
        } catch (IOException failure) {
            throw new StartupFailure("The user '%s' could not be looked up: %s".formatted(user, failure), "", failure);
        }
        throw new StartupFailure(
                "Parley runs as root, and there is no user '%s' to run the engines as.".formatted(user),
                "Name an unprivileged account with parley.embedded.unprivileged-user.");
    }
}
