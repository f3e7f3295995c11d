package chat.parley.load.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32;

/**
 * A distinct username for every nick of IRC, whose characters and letter cases usernames do not allow: lower-case
 * letters, digits, {@code _} and {@code -} stand for themselves, a capital becomes a dot and the small letter, any other
 * character two dots and its four hexadecimal digits. A checksum of the nick follows, because the server refuses names
 * that look alike, such as {@code m1ke} and {@code mlke}. Every name begins with that of the run, so that a replay can be
 * repeated on the same server.
 */
public final class NickUsernames {
    private static final int MAX_LENGTH = 64;
    private static final long CHECKSUM_BITS = 0xff_ffff;

    private final String run;

    public NickUsernames(String run) {
        this.run = run;
    }

    /** The owner of the groups; no nick has this username, because those have a dot after the run. */
    String host() {
        return run + "-host";
    }

    public String of(String nick) {
        StringBuilder name = new StringBuilder(run).append('.');
        for (int i = 0; i < nick.length(); i++) {
            char c = nick.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-') {
                name.append(c);
            } else if (c >= 'A' && c <= 'Z') {
                name.append('.').append((char) (c - 'A' + 'a'));
            } else {
                name.append("..").append("%04x".formatted((int) c));
            }
        }
        name.append('-').append("%06x".formatted(checksum(nick)));
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("No username of " + MAX_LENGTH + " characters for the nick " + nick);
        }
        return name.toString();
    }

    private static long checksum(String nick) {
        CRC32 crc = new CRC32();
        crc.update(nick.getBytes(UTF_8));
        return crc.getValue() & CHECKSUM_BITS;
    }
}
