package chat.parley.transparency.policy;

import chat.parley.transparency.note.VerifierKey;
import java.util.Optional;

/**
 * A log that a policy trusts.
 *
 * @param key its name is the log's origin
 * @param url where the log is, if the policy says so
 */
public record KnownLog(VerifierKey key, Optional<String> url) {}
