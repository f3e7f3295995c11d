package chat.parley.transparency.policy;

import chat.parley.transparency.note.VerifierKey;
import java.util.Optional;

/**
 * A witness that a policy knows.
 *
 * @param url where it takes checkpoints, if the policy says so
 */
public record KnownWitness(VerifierKey key, Optional<String> url) {}
