package chat.parley.load.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads an IRC log, which consists of blocks of a part of a day each. */
final class IrcLog {
    private static final String HEADER = "### ";
    private static final Pattern SAID = Pattern.compile("\\[\\d\\d:\\d\\d] <([^>]*)> ?(.*)");
    private static final Pattern ACTED = Pattern.compile("\\[\\d\\d:\\d\\d]\\s+(\\* (\\S+) ?.*)");
    private static final Pattern JOINED = Pattern.compile("=== (\\S+)\\s+(?:\\[.*]\\s+)?has joined #\\S+.*");
    private static final Pattern LEFT = Pattern.compile("=== (\\S+)\\s+(?:\\[.*]\\s+)?has left #\\S+.*");
    private static final Pattern RENAMED = Pattern.compile("=== (\\S+)\\s+(?:\\[.*]\\s+)?is now known as (\\S+)");

    private IrcLog() {}

    record Block(String name, List<Line> lines) {}

    sealed interface Line {
        record Said(String nick, String text) implements Line {}

        record Joined(String nick) implements Line {}

        record Left(String nick) implements Line {}

        record Renamed(String from, String to) implements Line {}

        /** Topics, modes, notices of the server. */
        record Other() implements Line {}
    }

    static List<Block> read(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return read(lines);
        }
    }

    private static List<Block> read(BufferedReader lines) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<Line> current = new ArrayList<>();
        String line = lines.readLine();
        while (line != null) {
            if (line.startsWith(HEADER)) {
                current = new ArrayList<>();
                blocks.add(new Block(line.substring(HEADER.length()).trim(), current));
            } else if (blocks.isEmpty()) {
                throw new IOException("The log does not begin with a header such as '### 2004-11-15_03'");
            } else {
                current.add(parse(line));
            }
            line = lines.readLine();
        }
        return blocks;
    }

    static Line parse(String line) {
        Matcher said = SAID.matcher(line);
        if (said.matches()) {
            return new Line.Said(said.group(1), said.group(2));
        }
        Matcher acted = ACTED.matcher(line);
        if (acted.matches()) {
            return new Line.Said(acted.group(2), acted.group(1));
        }
        Matcher renamed = RENAMED.matcher(line);
        if (renamed.matches()) {
            return new Line.Renamed(renamed.group(1), renamed.group(2));
        }
        String joined = nick(JOINED, line);
        if (joined != null) {
            return new Line.Joined(joined);
        }
        String left = nick(LEFT, line);
        return left == null ? new Line.Other() : new Line.Left(left);
    }

    private static @Nullable String nick(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
