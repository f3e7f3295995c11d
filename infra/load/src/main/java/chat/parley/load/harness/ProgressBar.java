package chat.parley.load.harness;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A progress bar with rate and remaining time: redrawn in place on a terminal, else a line every ten seconds. */
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final Duration ON_TERMINAL = Duration.ofMillis(500);
    private static final Duration IN_LOG = Duration.ofSeconds(10);
    private static final int PERCENT = 100;

    private final PrintStream out;
    private final boolean terminal;
    private final String what;
    private final long total;
    private final LongSupplier done;
    private final Supplier<String> status;
    private final long startedNanos = System.nanoTime();
    private final ScheduledExecutorService clock;

    public ProgressBar(PrintStream out, String what, long total, LongSupplier done, Supplier<String> status) {
        this.out = out;
        this.what = what;
        this.total = total;
        this.done = done;
        this.status = status;
        terminal = isTerminal();
        clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("progress").factory());
        long everyMs = (terminal ? ON_TERMINAL : IN_LOG).toMillis();
        var ignored = clock.scheduleAtFixedRate(this::draw, everyMs, everyMs, TimeUnit.MILLISECONDS);
    }

    /** In JDK 25 the console is null if there is no terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private void draw() {
        long now = done.getAsLong();
        double seconds = (System.nanoTime() - startedNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        double rate = now / seconds;
        int filled = total == 0 ? WIDTH : (int) Math.min(WIDTH, WIDTH * now / total);
        String line = String.format(
                Locale.ROOT,
                "%-9s [%s%s] %3d%% %,d/%,d  %,.0f/s  ETA %s  %s",
                what,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                total == 0 ? PERCENT : PERCENT * now / total,
                now,
                total,
                rate,
                rate == 0 ? "-" : clockTime((long) ((total - now) / rate)),
                status.get());
        if (terminal) {
            out.print("\r\033[K" + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    private static String clockTime(long seconds) {
        Duration left = Duration.ofSeconds(Math.max(0, seconds));
        return "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
    }

    @Override
    public void close() {
        clock.shutdownNow();
        draw();
        if (terminal) {
            out.println();
        }
    }
}
