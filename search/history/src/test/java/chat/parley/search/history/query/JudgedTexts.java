package chat.parley.search.history.query;

import chat.parley.api.Sha256;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * The texts, by the ids in {@link JudgedQuery}. Two sets are real conversations; the third covers scripts and signs
 * that these lack.
 */
enum JudgedTexts {
    KOREAN("korean-dialogues.csv", "287eb129", "korean-dialogues.tsv") {
        private static final Pattern TWO_FIELDS =
                Pattern.compile("(?:\"([^\"]*)\"|([^,]*)),(?:\"([^\"]*)\"|([^,]*)),.*");

        @Override
        void add(String line, int number, Map<String, String> texts) {
            Matcher fields = TWO_FIELDS.matcher(line);
            if (number > 1 && fields.matches()) {
                texts.put(number + "q", fields.group(1) == null ? fields.group(2) : fields.group(1));
                texts.put(number + "a", fields.group(3) == null ? fields.group(4) : fields.group(3));
            }
        }
    },
    IRC("ubuntu-irc.log.gz", "8f70370d", "ubuntu-irc.tsv") {
        private static final Pattern SAID_OR_DONE =
                Pattern.compile("\\[\\d\\d:\\d\\d](?: <[^>]*> ?(.*)|\\s+(\\* \\S+ ?.*))");

        @Override
        void add(String line, int number, Map<String, String> texts) {
            Matcher said = SAID_OR_DONE.matcher(line);
            if (said.matches()) {
                String text = said.group(1) == null ? said.group(2) : said.group(1);
                if (!text.isBlank()) {
                    texts.put(String.valueOf(number), text);
                }
            }
        }
    },
    EVERY_SCRIPT("every-script-messages.tsv", "", "every-script.tsv") {
        @Override
        Map<String, String> texts(Path directory) throws IOException {
            try (InputStream rows = JudgedTexts.class.getResourceAsStream("/relevance/" + file())) {
                return read(Objects.requireNonNull(rows));
            }
        }

        @Override
        void add(String line, int number, Map<String, String> texts) {
            if (number > 1) {
                texts.put(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1));
            }
        }
    };

    private final String file;
    private final String checksum;
    private final String judgments;

    JudgedTexts(String file, String checksum, String judgments) {
        this.file = file;
        this.checksum = checksum;
        this.judgments = judgments;
    }

    abstract void add(String line, int number, Map<String, String> texts);

    String file() {
        return file;
    }

    String judgments() {
        return judgments;
    }

    /** In chronological order; the test is skipped if the file is missing or differs. */
    Map<String, String> texts(Path directory) throws IOException {
        Path path = directory.resolve(file);
        Assumptions.assumeTrue(Files.isReadable(path), file + " is not there");
        byte[] content = Files.readAllBytes(path);
        Assumptions.assumeTrue(
                HexFormat.of().formatHex(Sha256.of(content)).startsWith(checksum),
                file + " is not the one whose messages were judged");
        try (InputStream raw = new ByteArrayInputStream(content);
                InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return read(plain);
        }
    }

    Map<String, String> read(InputStream plain) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line, ++number, texts);
            }
        }
        return texts;
    }
}
