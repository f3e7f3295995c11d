package chat.parley.embedded.process;

import chat.parley.api.process.StartupFailure;
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

/** Inspects and signals processes that are not children of this one. */
public final class Processes {

    private static final Path PROC = Path.of("/proc");
    private static final long POLL_MILLIS = 20;

    private Processes() {}

    /** Whether this process is PostgreSQL on that directory, and not another one with a reused process id. */
    public static boolean isPostgresOf(ProcessHandle process, Path directory) {
        return isNamedPostgres(process) && (worksIn(process, directory) || wasGiven(process, directory));
    }

    /** All PostgreSQL processes on that directory: the postmaster, and backends that may outlive it. */
    public static List<ProcessHandle> postgresOf(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> isPostgresOf(process, directory))
                .toList();
    }

    /** All Java processes that were started with one of these arguments. */
    public static List<ProcessHandle> javaWithArguments(Set<String> arguments) {
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    List<String> words = words(process);
                    return words.getFirst().endsWith("java") && words.stream().anyMatch(arguments::contains);
                })
                .filter(Processes::isRunning)
                .toList();
    }

    /** Sends a signal by name ({@code INT}, {@code QUIT}, {@code KILL}). Does nothing if the process has ended. */
    public static void signal(ProcessHandle process, String name) {
        try {
            ChildCommand.of("sh", "-c", "kill -" + name + " " + process.pid()).run();
        } catch (IOException failure) {
            throw new StartupFailure("Process %d could not be signalled: %s".formatted(process.pid(), failure), "");
        }
    }

    /**
     * Sets the niceness of the process's whole session. With autogroup scheduling, Linux divides time between sessions
     * first, and a process's own niceness counts only within its session.
     */
    public static void renice(ProcessHandle process, int niceness) throws IOException {
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
            // Every user may read this name; only the process's own user may read the path of its program.
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

    /** The command line from /proc, because ProcessHandle truncates it after 4096 bytes. */
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

    /** An ended process that its parent has not reaped, for example a PID 1 that is no init. */
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
