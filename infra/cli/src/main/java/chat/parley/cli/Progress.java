package chat.parley.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Shows progress: one bar that changes on a terminal, otherwise a line for each step of ten percent. */
public final class Progress {
    private static final int WIDTH = 30;
    private static final double WHOLE = 100;
    private static final double STEP = 10;

    private final PrintWriter out;
    private final boolean isTerminal;
    private double shown = -STEP;

    /** On the terminal, if the program has one. */
    public static Progress on(PrintWriter out) {
        return new Progress(
                out,
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent());
    }

    Progress(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** @param what a few words after the percentage */
    public void show(double percent, String what) {
        String figure = String.format(Locale.ROOT, "%5.1f %%  %s", percent, what);
        if (isTerminal) {
            int filled = (int) Math.round(WIDTH * Math.min(WHOLE, percent) / WHOLE);
            out.print("\r[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + figure + "\u001b[K");
            out.flush();
        } else if (percent - shown >= STEP) {
            shown = percent;
            out.println(figure);
            out.flush();
        }
    }

    public void end() {
        if (isTerminal) {
            out.println();
            out.flush();
        }
    }
}
