package chat.parley.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The file of checksums, in the format of {@code sha256sum}. */
final class Checksums {
    static final String FILE = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([A-Za-z0-9_.]+)");

    private Checksums() {}

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** @param sums by the name of the file */
    static String text(Map<String, String> sums) {
        return sums.entrySet().stream()
                .map(sum -> sum.getValue() + "  " + sum.getKey() + "\n")
                .collect(Collectors.joining());
    }

    /** @throws DamagedBackup if the file is missing or has another format */
    static Map<String, String> read(Path backup) throws IOException {
        Path file = backup.resolve(FILE);
        if (!Files.exists(file)) {
            throw new DamagedBackup("The backup in " + backup + " is unfinished: " + FILE + " is missing");
        }
        Map<String, String> sums = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file, ISO_8859_1)) {
            Matcher sum = LINE.matcher(line);
            if (!sum.matches()) {
                throw new DamagedBackup("The file " + file + " is damaged");
            }
            sums.put(sum.group(2), sum.group(1));
        }
        return sums;
    }
}
