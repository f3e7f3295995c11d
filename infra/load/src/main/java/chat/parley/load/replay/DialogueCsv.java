package chat.parley.load.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads questions and answers, one pair a line below a heading, as conversations of two people. */
final class DialogueCsv {
    private static final int PAIRS_PER_BLOCK = 1_000;
    private static final String ONE = "asking";
    private static final String OTHER = "answering";
    private static final Pattern TWO_FIELDS =
            Pattern.compile("(?:\"([^\"]*)\"|([^,]*)),(?:\"([^\"]*)\"|([^,]*))(?:,.*)?");

    private DialogueCsv() {}

    static List<IrcLog.Block> read(Path file) throws IOException {
        List<String> pairs = Files.readAllLines(file);
        List<IrcLog.Block> blocks = new ArrayList<>();
        for (int first = 1; first < pairs.size(); first += PAIRS_PER_BLOCK) {
            List<IrcLog.Line> said = new ArrayList<>();
            for (String pair : pairs.subList(first, Math.min(first + PAIRS_PER_BLOCK, pairs.size()))) {
                Matcher fields = TWO_FIELDS.matcher(pair);
                if (!fields.matches()) {
                    throw new IOException("A line of " + file + " has no two fields");
                }
                said.add(new IrcLog.Line.Said(ONE, fields.group(1) == null ? fields.group(2) : fields.group(1)));
                said.add(new IrcLog.Line.Said(OTHER, fields.group(3) == null ? fields.group(4) : fields.group(3)));
            }
            blocks.add(new IrcLog.Block("dialogues " + first, said));
        }
        return blocks;
    }
}
