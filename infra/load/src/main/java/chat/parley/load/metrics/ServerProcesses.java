package chat.parley.load.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the operating system accounts to a server on this machine: to some roots, the JVM first, and to whatever
 * descends from them at the moment.
 */
public final class ServerProcesses {
    private static final Path PROC = Path.of("/proc");

    /** Linux shows times to user space in this unit on every architecture. */
    private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long BYTES_PER_KB = 1024;
    private static final int TRIES = 100;

    /** Where in {@code /proc/pid/stat}, counted from after the command: utime, stime, cutime, cstime. */
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;

    /** Of the engines that a server starts, in its data directory. */
    private static final List<Path> PID_FILES =
            List.of(Path.of("postgres", "postmaster.pid"), Path.of("elasticsearch", "elasticsearch.pid"));

    private final List<Long> roots;

    /** @throws IllegalArgumentException when one of them does not run */
    ServerProcesses(List<Long> roots) {
        this.roots = List.copyOf(roots);
        for (long root : roots) {
            if (ProcessHandle.of(root).isEmpty()) {
                throw new IllegalArgumentException("No process has the id " + root);
            }
        }
    }

    /**
     * A server and the engines that it keeps in its data directory, which outlive it and are no descendants of it.
     *
     * @param dataDir absent for a server whose engines run elsewhere
     */
    public static ServerProcesses of(long pid, @Nullable Path dataDir) {
        List<Long> roots = new ArrayList<>(List.of(pid));
        if (dataDir != null) {
            PID_FILES.stream()
                    .map(dataDir::resolve)
                    .filter(Files::exists)
                    .map(ServerProcesses::firstNumber)
                    .forEach(roots::add);
        }
        return new ServerProcesses(roots);
    }

    private static long firstNumber(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().map(String::strip).map(Long::parseLong).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param rssBytes  resident set of the JVM
     * @param pssBytes  proportional set of all processes: memory that several of them share is counted once
     * @param processes how many of each command
     */
    public record Memory(long rssBytes, long pssBytes, Map<String, Integer> processes) {}

    /**
     * User and system time of all processes, in steps of 10 ms each: of the living, and what each of them inherited
     * from children that ended and were waited for. That sum neither falls nor counts twice when a process ends, so
     * the difference of two of them is right whatever began or ended in between.
     */
    public long cpuNanos() {
        return undisturbed(pids -> {
            long ticks = 0;
            for (long pid : pids) {
                String[] fields = afterCommand(stat(pid)).split(" ", -1);
                for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
                    ticks += Long.parseLong(fields[i]);
                }
            }
            return ticks * NANOS_PER_TICK;
        });
    }

    /** Takes some milliseconds, in which the server cannot map memory: not for while something is timed. */
    public Memory memory() {
        return undisturbed(pids -> {
            long pssBytes = 0;
            Map<String, Integer> processes = new TreeMap<>();
            for (long pid : pids) {
                String stat = stat(pid);
                processes.merge(stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')), 1, Integer::sum);
                pssBytes += kilobytes(pid, "smaps_rollup", "Pss:");
            }
            return new Memory(kilobytes(roots.getFirst(), "status", "VmRSS:"), pssBytes, processes);
        });
    }

    /** Of the JVM; takes a full collection: not for while something is timed. */
    public JvmMemory jvmMemory() throws InterruptedException {
        return JvmMemory.of(roots.getFirst());
    }

    @FunctionalInterface
    private interface Look<T> {
        T at(Set<Long> pids) throws IOException;
    }

    /** Looks again when a process began or ended meanwhile. */
    private <T> T undisturbed(Look<T> look) {
        IOException failure = new IOException("The server's processes come and go too fast");
        for (int i = 0; i < TRIES; i++) {
            Set<Long> pids = pids();
            try {
                T seen = look.at(pids);
                if (pids().equals(pids)) {
                    return seen;
                }
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new UncheckedIOException(failure);
    }

    private Set<Long> pids() {
        Set<Long> pids = new LinkedHashSet<>();
        for (long root : roots) {
            ProcessHandle process = ProcessHandle.of(root)
                    .orElseThrow(() -> new IllegalStateException("The server's process " + root + " has ended"));
            pids.add(root);
            process.descendants().map(ProcessHandle::pid).sorted().forEach(pids::add);
        }
        return pids;
    }

    private static String stat(long pid) throws IOException {
        return Files.readString(PROC.resolve(pid + "/stat"));
    }

    /** The command may have spaces and parentheses of its own in its parentheses. */
    private static String afterCommand(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2);
    }

    private static long kilobytes(long pid, String file, String field) throws IOException {
        for (String line : Files.readAllLines(PROC.resolve(pid + "/" + file))) {
            if (line.startsWith(field)) {
                return Long.parseLong(
                                line.substring(field.length()).replace("kB", "").strip())
                        * BYTES_PER_KB;
            }
        }
        throw new IOException("/proc/" + pid + "/" + file + " has no " + field);
    }
}
