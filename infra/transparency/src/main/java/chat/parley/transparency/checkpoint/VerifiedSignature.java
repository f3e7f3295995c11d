package chat.parley.transparency.checkpoint;

import chat.parley.transparency.note.VerifierKey;
import java.util.OptionalLong;

/**
 * A signature on a checkpoint that has been verified.
 *
 * @param key         whose it is
 * @param epochSecond when the checkpoint was signed, as the signer says, if the signature's type has a time
 */
public record VerifiedSignature(VerifierKey key, OptionalLong epochSecond) {}
