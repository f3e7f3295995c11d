package chat.parley.transparency.tile;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.text.StrictText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a tile.
 *
 * @param level 0 for hashes of leaves, one more for each 256 that are hashed together
 * @param index number within the level, from the left
 * @param width how many hashes it has; fewer than {@link #FULL} at the right edge of a tree
 */
public record TileId(int level, long index, int width) {
    public static final int FULL = 256;

    /** A tile of this level has 2^64 leaves, so that no tree has one of a higher level. */
    public static final int MAX_LEVEL = 7;

    /** Each level of tiles is as high as so many levels of the tree. */
    static final int HEIGHT = 8;

    private static final int MAX_SPECIFIED_LEVEL = 63;
    private static final int DIGITS = 1000;
    private static final int MAX_PATH = 64;
    private static final Pattern PATH = Pattern.compile(
            "tile/(?<level>0|[1-9][0-9]?)/(?<index>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/(?<width>[1-9][0-9]{0,2}))?");

    public TileId {
        if (level < 0 || level > MAX_SPECIFIED_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new TransparencyException(
                    Reason.OUT_OF_RANGE,
                    "There is no tile " + index + " of level " + level + " with a width of " + width + ".");
        }
    }

    public static TileId full(int level, long index) {
        return new TileId(level, index, FULL);
    }

    /** The tile of a level at the right edge of a tree, full or not; none if the tree has no such tile. */
    static int edgeWidth(int level, long size) {
        return (int) (hashes(level, size) % FULL);
    }

    /** How many hashes a tree has in all tiles of a level. */
    static long hashes(int level, long size) {
        return level > MAX_LEVEL ? 0 : size >>> (HEIGHT * level);
    }

    /** The partial tiles of a tree of this size. */
    public static List<TileId> partialsOf(long size) {
        List<TileId> partials = new ArrayList<>();
        for (int level = 0; level <= MAX_LEVEL; level++) {
            int width = edgeWidth(level, size);
            if (width > 0) {
                partials.add(new TileId(level, hashes(level, size) / FULL, width));
            }
        }
        return partials;
    }

    /** Reads the path of a tile below a log's URL prefix, without a slash before it. */
    public static TileId parse(String path) {
        Matcher matcher = PATH.matcher(path);
        if (path.length() > MAX_PATH || !matcher.matches()) {
            throw new TransparencyException(Reason.MALFORMED, "A path is no path of a tile.");
        }
        String level = matcher.group("level");
        String width = matcher.group("width");
        TileId id = new TileId(
                Integer.parseInt(level),
                StrictText.decimal(withoutLeadingZeros(matcher.group("index").replaceAll("[x/]", ""))),
                width == null ? FULL : Integer.parseInt(width));
        if (!id.path().equals(path)) {
            throw new TransparencyException(Reason.MALFORMED, "A path of a tile has more digits than it needs.");
        }
        return id;
    }

    private static String withoutLeadingZeros(String digits) {
        return digits.replaceFirst("^0+(?=.)", "");
    }

    public String path() {
        StringBuilder path = new StringBuilder(threeDigits(index % DIGITS));
        for (long rest = index / DIGITS; rest > 0; rest /= DIGITS) {
            path.insert(0, "x" + threeDigits(rest % DIGITS) + "/");
        }
        path.insert(0, "tile/" + level + "/");
        if (isPartial()) {
            path.append(".p/").append(width);
        }
        return path.toString();
    }

    private static String threeDigits(long number) {
        return String.valueOf(DIGITS + number).substring(1);
    }

    public boolean isPartial() {
        return width < FULL;
    }

    /** The full tile that this one is the beginning of. */
    public TileId whole() {
        return full(level, index);
    }

    @Override
    public String toString() {
        return path();
    }
}
