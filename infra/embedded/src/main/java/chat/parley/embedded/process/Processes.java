package chat.parley.embedded.process;

import chat.parley.embedded.mongodb.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What can be learnt of, and said to, processes that are not our children. */
public final class Processes {

    private static final Path PROC = Path.of("/proc");
    private static final long POLL_MILLIS = 20;

    private Processes() {}

    /** Whether this is PostgreSQL, at work in that directory, and not just a process that inherited the number. */
    public static boolean isPostgresOf(ProcessHandle process, Path directory) {
        return isNamedPostgres(process) && (worksIn(process, directory) || wasGiven(process, directory));
    }

    /** All of PostgreSQL's processes in that directory: the postmaster, and the backends that may outlive it. */
    public static List<ProcessHandle> postgresOf(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> isPostgresOf(process, directory))
                .toList();
    }

    /** All Java processes that were started with one of these arguments. */
    public static List<ProcessHandle> javaGiven(Set<String> arguments) {
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    List<String> words = words(process);
                    return words.getFirst().endsWith("java") && words.stream().anyMatch(arguments::contains);
                })
                .filter(Processes::isRunning)
                .toList();
    }

    /** Asks by signal name ({@code INT}, {@code QUIT}, {@code KILL}); one who has gone already needs no asking. */
    public static void signal(ProcessHandle process, String name) {
        try {
            Command.of("sh", "-c", "kill -" + name + " " + process.pid()).run();
        } catch (IOException failure) {
            throw new EngineFailure("Process %d could not be signalled: %s".formatted(process.pid(), failure), "");
        }
    }

    /**
     * Gives the process's whole session this niceness. Linux may divide its time between sessions first; then a process's
     * own counts only inside of its session.
     */
    public static void standBack(ProcessHandle process, int niceness) throws IOException {
        Path session = proc(process.pid(), "autogroup");
        if (Files.exists(session)) {
            Files.writeString(session, String.valueOf(niceness));
        }
    }

    public static boolean awaitGone(List<ProcessHandle> processes, Duration limit) {
        return await(() -> processes.stream().noneMatch(Processes::isRunning), limit);
    }

    public static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    private static boolean await(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    private static boolean isNamedPostgres(ProcessHandle process) {
        try {
            // Anyone may read this name; the path of the program only its own user.
            return Files.readString(proc(process.pid(), "comm")).strip().equals("postgres");
        } catch (IOException noProcHere) {
            return process.info()
                    .command()
                    .filter(it -> it.endsWith("/postgres"))
                    .isPresent();
        }
    }

    private static boolean worksIn(ProcessHandle process, Path directory) {
        try {
            return Files.isSameFile(proc(process.pid(), "cwd"), directory);
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The program and its arguments from the system's own list: Java's ends after 4096 bytes. */
    private static List<String> words(ProcessHandle process) {
        try {
            byte[] words = Files.readAllBytes(proc(process.pid(), "cmdline"));
            return List.of(new String(words, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException goneOrNoProcHere) {
            ProcessHandle.Info info = process.info();
            return Stream.concat(
                            info.command().or(() -> Optional.of("")).stream(),
                            info.arguments().stream().flatMap(Arrays::stream))
                    .toList();
        }
    }

    private static boolean wasGiven(ProcessHandle process, Path directory) {
        return process.info()
                .arguments()
                .filter(arguments -> Arrays.asList(arguments).contains(directory.toString()))
                .isPresent();
    }

    /** A dead process whose parent, say a PID 1 that is no init, never asks after it. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(proc(pid, "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException goneOrNoProcHere) {
            return false;
        }
    }

    private static Path proc(long pid, String name) {
        return PROC.resolve(Long.toString(pid)).resolve(name);
    }
}
