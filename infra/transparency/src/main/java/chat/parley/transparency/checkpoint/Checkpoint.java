package chat.parley.transparency.checkpoint;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.text.StrictText;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.TreeHead;
import java.util.List;

/**
 * The head of a log's tree, as it is signed.
 *
 * @param origin     identity of the log
 * @param head       size and root of its tree
 * @param extensions further lines, which tlog-checkpoint does not recommend
 */
public record Checkpoint(String origin, TreeHead head, List<String> extensions) {
    /** As long as an ML-DSA-44 cosignature has room for. */
    private static final int MAX_ORIGIN = 255;

    private static final int MAX_EXTENSIONS = 16;
    private static final int MAX_EXTENSION = 1024;
    private static final int FIRST_PRINTABLE = 0x20;

    public Checkpoint {
        requireLine(origin, MAX_ORIGIN);
        if (extensions.size() > MAX_EXTENSIONS) {
            throw new TransparencyException(Reason.TOO_LARGE, "A checkpoint has more than 16 extension lines.");
        }
        extensions.forEach(extension -> requireLine(extension, MAX_EXTENSION));
        extensions = List.copyOf(extensions);
    }

    public Checkpoint(String origin, TreeHead head) {
        this(origin, head, List.of());
    }

    /** Reads the text of a note. */
    public static Checkpoint parse(String text) {
        List<String> lines = StrictText.lines(text);
        if (lines.size() < 3) {
            throw new TransparencyException(Reason.MALFORMED, "A checkpoint has an origin, a size and a root.");
        }
        TreeHead head = new TreeHead(StrictText.decimal(lines.get(1)), Hash.fromBase64(lines.get(2)));
        return new Checkpoint(lines.get(0), head, lines.subList(3, lines.size()));
    }

    public String text() {
        StringBuilder text = new StringBuilder(origin)
                .append('\n')
                .append(head.size())
                .append('\n')
                .append(head.root().toBase64())
                .append('\n');
        extensions.forEach(extension -> text.append(extension).append('\n'));
        return text.toString();
    }

    private static void requireLine(String line, int most) {
        int length = StrictText.utf8(line).length;
        if (length == 0) {
            throw new TransparencyException(Reason.MALFORMED, "A line of a checkpoint is empty.");
        }
        if (length > most) {
            throw new TransparencyException(
                    Reason.TOO_LARGE, "A line of a checkpoint has " + length + " bytes; the most is " + most + ".");
        }
        if (line.chars().anyMatch(character -> character < FIRST_PRINTABLE)) {
            throw new TransparencyException(Reason.MALFORMED, "A checkpoint contains a control character.");
        }
    }
}
