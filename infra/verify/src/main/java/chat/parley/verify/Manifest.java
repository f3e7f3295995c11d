package chat.parley.verify;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an archive has. Its text is that of a signed note:
 *
 * <pre>
 * parley-export/1
 * origin &lt;name of the log&gt;
 * range &lt;first index&gt; &lt;last index&gt;
 * selection &lt;all, or what was asked for&gt;
 * events &lt;number&gt;
 * file &lt;SHA-256 in hex&gt; &lt;name&gt;       for each entry before the tiles
 * tiles &lt;number&gt; &lt;SHA-256 in hex&gt;    see {@link TilesDigest}
 * </pre>
 *
 * @param origin    name of the log
 * @param first     first index of the range; above {@code last} if the range is empty
 * @param last      last index of the range; -1 if the range is empty from the beginning
 * @param selection {@link #ALL} if every event of the range is in the archive; otherwise what was asked for, in one line
 * @param events    number of events
 * @param files     the SHA-256 of each entry before the tiles in hex, by name, in their order
 * @param tiles     one hash for all tiles
 */
public record Manifest(
        String origin, long first, long last, String selection, long events, Map<String, String> files, Tiles tiles) {
    public static final String ALL = "all";

    private static final String FORMAT = "parley-export/1";
    private static final int FIXED_LINES = 6;
    private static final int FIRST_FILE = 5;
    private static final Pattern FILE = Pattern.compile("file ([0-9a-f]{64}) ([a-z0-9./A-Z]{1,80})");
    private static final Pattern RANGE = Pattern.compile("range (0|[1-9][0-9]{0,17}) (-1|0|[1-9][0-9]{0,17})");
    private static final Pattern EVENTS = Pattern.compile("events (0|[1-9][0-9]{0,17})");
    private static final Pattern TILES = Pattern.compile("tiles (0|[1-9][0-9]{0,17}) ([0-9a-f]{64})");
    private static final String ORIGIN = "origin ";
    private static final String SELECTION = "selection ";

    public Manifest {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** @param sha256 see {@link TilesDigest} */
    public record Tiles(long count, String sha256) {}

    public boolean isComplete() {
        return ALL.equals(selection);
    }

    public String text() {
        StringBuilder text = new StringBuilder(FORMAT)
                .append('\n')
                .append(ORIGIN)
                .append(origin)
                .append("\nrange ")
                .append(first)
                .append(' ')
                .append(last)
                .append('\n')
                .append(SELECTION)
                .append(selection)
                .append("\nevents ")
                .append(events)
                .append('\n');
        files.forEach((name, sha256) ->
                text.append("file ").append(sha256).append(' ').append(name).append('\n'));
        return text.append("tiles ")
                .append(tiles.count())
                .append(' ')
                .append(tiles.sha256())
                .append('\n')
                .toString();
    }

    /** @throws TransparencyException {@link Reason#MALFORMED} unless this is exactly the text of a manifest */
    static Manifest parse(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        require(lines.size() >= FIXED_LINES && lines.get(0).equals(FORMAT), "It begins with " + FORMAT + ".");
        require(
                lines.get(1).startsWith(ORIGIN) && lines.get(3).startsWith(SELECTION),
                "It has an origin and a selection.");
        Matcher range = RANGE.matcher(lines.get(2));
        Matcher events = EVENTS.matcher(lines.get(4));
        Matcher tiles = TILES.matcher(lines.get(lines.size() - 1));
        require(
                range.matches() && events.matches() && tiles.matches(),
                "It has a range, a number of events and a number of tiles.");
        Map<String, String> files = new LinkedHashMap<>();
        for (String line : lines.subList(FIRST_FILE, lines.size() - 1)) {
            Matcher file = FILE.matcher(line);
            require(file.matches(), "A line of a file has a SHA-256 and a name.");
            require(files.put(file.group(2), file.group(1)) == null, "A file is named twice.");
        }
        Manifest manifest = new Manifest(
                lines.get(1).substring(ORIGIN.length()),
                Long.parseLong(range.group(1)),
                Long.parseLong(range.group(2)),
                lines.get(3).substring(SELECTION.length()),
                Long.parseLong(events.group(1)),
                files,
                new Tiles(Long.parseLong(tiles.group(1)), tiles.group(2)));
        require(manifest.text().equals(text), "It is written in another way than it is read.");
        return manifest;
    }

    private static void require(boolean condition, String detail) {
        if (!condition) {
            throw new TransparencyException(Reason.MALFORMED, "The manifest does not follow its format. " + detail);
        }
    }
}
