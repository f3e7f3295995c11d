package chat.parley.transparency.policy;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.text.StrictText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Reads one policy file. Names are octets, here as Latin-1 characters; keys and URLs are UTF-8. */
final class PolicyParser {
    private static final int MAX_BYTES = 1024 * 1024;

    /** The most logs, witnesses and groups, eight times what every implementation should support. */
    private static final int MAX_EACH = 256;

    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7F;
    private static final String NONE = "none";

    private final List<KnownLog> logs = new ArrayList<>();
    private final List<KnownWitness> witnesses = new ArrayList<>();
    private final Map<String, Quorum> defined = new HashMap<>();
    private final Set<String> members = new HashSet<>();
    private @Nullable Quorum quorum;

    Policy parse(byte[] file) {
        StrictText.requireAtMost(MAX_BYTES, file, "A policy");
        String text = new String(file, StandardCharsets.ISO_8859_1);
        if (text.chars().anyMatch(PolicyParser::isForbidden)) {
            throw malformed("A policy contains a control character.");
        }
        defined.put(NONE, new Quorum.None());
        for (String line : StrictText.lines(text)) {
            statement(tokens(line));
        }
        if (quorum == null) {
            throw malformed("A policy has no quorum.");
        }
        return new Policy(logs, witnesses, quorum);
    }

    private static boolean isForbidden(int octet) {
        return (octet < FIRST_PRINTABLE && octet != '\t' && octet != '\n') || octet == DELETE;
    }

    private static List<String> tokens(String line) {
        List<String> tokens = new ArrayList<>();
        StringTokenizer rest = new StringTokenizer(line, " \t");
        while (rest.hasMoreTokens()) {
            tokens.add(rest.nextToken());
        }
        return tokens;
    }

    private void statement(List<String> tokens) {
        if (tokens.isEmpty() || tokens.get(0).startsWith("#")) {
            return;
        }
        switch (tokens.get(0)) {
            case "log" -> log(tokens);
            case "witness" -> witness(tokens);
            case "group" -> group(tokens);
            case "quorum" -> quorum(tokens);
            default -> throw malformed("A line of a policy begins with log, witness, group, quorum or #.");
        }
    }

    private void log(List<String> tokens) {
        requireTokens(tokens, 2, 3);
        VerifierKey key = key(tokens.get(1));
        requireRoom(logs);
        if (logs.stream().anyMatch(log -> log.key().wrapsSameKeyAs(key))) {
            throw malformed("A policy lists a log's key twice.");
        }
        logs.add(new KnownLog(key, url(tokens, 2)));
    }

    private void witness(List<String> tokens) {
        requireTokens(tokens, 3, 4);
        VerifierKey key = key(tokens.get(2));
        if (key.type() == SignatureType.ED25519) {
            throw new TransparencyException(
                    Reason.KEY_INVALID, "A witness's key is for notes and not for cosignatures.");
        }
        requireRoom(witnesses);
        if (witnesses.stream().anyMatch(witness -> witness.key().wrapsSameKeyAs(key))) {
            throw malformed("A policy lists a witness's key twice.");
        }
        define(tokens.get(1), new Quorum.One(key));
        witnesses.add(new KnownWitness(key, url(tokens, 3)));
    }

    private void group(List<String> tokens) {
        requireTokens(tokens, 4, 3 + 2 * MAX_EACH);
        List<String> names = tokens.subList(3, tokens.size());
        List<Quorum> quorums = new ArrayList<>();
        for (String name : names) {
            if (name.equals(NONE)) {
                throw malformed("A group of a policy has the member none.");
            }
            quorums.add(find(name));
            if (!members.add(name)) {
                throw malformed("A name is a member of two groups of a policy.");
            }
        }
        define(tokens.get(1), new Quorum.Group(threshold(tokens.get(2), names.size()), quorums));
        if (defined.size() - 1 - witnesses.size() > MAX_EACH) {
            throw new TransparencyException(Reason.TOO_LARGE, "A policy has more than 256 groups.");
        }
    }

    private static int threshold(String text, int most) {
        long threshold = switch (text) {
            case "all" -> most;
            case "any" -> 1;
            default -> StrictText.decimal(text);
        };
        if (threshold < 1 || threshold > most) {
            throw malformed("A group of a policy asks for none of its members, or for more than it has.");
        }
        return (int) threshold;
    }

    private void quorum(List<String> tokens) {
        requireTokens(tokens, 2, 2);
        if (quorum != null) {
            throw malformed("A policy has two quorums.");
        }
        quorum = find(tokens.get(1));
    }

    private Quorum find(String name) {
        Quorum found = defined.get(name);
        if (found == null) {
            throw malformed("A policy uses a name before it defines it.");
        }
        return found;
    }

    private void define(String name, Quorum meaning) {
        if (defined.putIfAbsent(name, meaning) != null) {
            throw malformed("A policy defines a name twice.");
        }
    }

    private static VerifierKey key(String octets) {
        return VerifierKey.parse(utf8(octets));
    }

    private static Optional<String> url(List<String> tokens, int place) {
        return tokens.size() > place ? Optional.of(utf8(tokens.get(place))) : Optional.empty();
    }

    private static String utf8(String octets) {
        return StrictText.utf8(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void requireTokens(List<String> tokens, int least, int most) {
        if (tokens.size() < least || tokens.size() > most) {
            throw malformed("A line of a policy has too few or too many items.");
        }
    }

    private static void requireRoom(List<?> list) {
        if (list.size() == MAX_EACH) {
            throw new TransparencyException(Reason.TOO_LARGE, "A policy has more than 256 logs or witnesses.");
        }
    }

    private static TransparencyException malformed(String message) {
        return new TransparencyException(Reason.MALFORMED, message);
    }
}
