package chat.parley.load.replay;

/**
 * A username for every nick and back. IRC's nicks have characters and letter cases that usernames cannot rely on:
 * lower-case letters, digits, {@code _} and {@code -} stand for themselves, a capital is written as a dot and the small
 * letter, anything else as two dots and its four hexadecimal digits. Every name begins with the run's, so that a replay
 * can be repeated on the same server.
 */
public final class NickUsernames {
    private static final int LONGEST = 64;
    private static final int HEX_DIGITS = 4;
    private static final int RADIX = 16;

    private final String run;

    public NickUsernames(String run) {
        this.run = run;
    }

    /** Owns the groups; no nick is called so, for theirs have a dot after the run. */
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
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException("No username of " + LONGEST + " characters for the nick " + nick);
        }
        return name.toString();
    }

    String nick(String username) {
        StringBuilder nick = new StringBuilder();
        int i = run.length() + 1;
        while (i < username.length()) {
            char c = username.charAt(i);
            if (c != '.') {
                nick.append(c);
                i++;
            } else if (username.charAt(i + 1) != '.') {
                nick.append((char) (username.charAt(i + 1) - 'a' + 'A'));
                i += 2;
            } else {
                nick.append((char) Integer.parseInt(username.substring(i + 2, i + 2 + HEX_DIGITS), RADIX));
                i += 2 + HEX_DIGITS;
            }
        }
        return nick.toString();
    }
}
