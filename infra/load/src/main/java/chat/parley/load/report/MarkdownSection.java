package chat.parley.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The generated part of a page in Markdown; what people wrote around it stays. */
public final class MarkdownSection {
    private static final String BEGIN = "<!-- generated: begin -->";
    private static final String END = "<!-- generated: end -->";

    private final List<String> lines = new ArrayList<>();

    public void heading(String text) {
        lines.addAll(List.of("", "### " + text, ""));
    }

    public void line(String text) {
        lines.add(text);
    }

    public void row(List<String> cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    public void row(String... cells) {
        row(List.of(cells));
    }

    public List<String> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** Replaces what is between the two markers; a page without them gets them at its end. */
    public void writeTo(Path page) throws IOException {
        List<String> old = Files.exists(page) ? Files.readAllLines(page) : List.of();
        int begin = old.indexOf(BEGIN);
        int end = old.indexOf(END);
        List<String> written = new ArrayList<>(begin < 0 ? old : old.subList(0, begin));
        written.add(BEGIN);
        written.addAll(lines);
        written.add("");
        written.add(END);
        if (end > begin) {
            written.addAll(old.subList(end + 1, old.size()));
        }
        Files.write(page, written);
    }
}
