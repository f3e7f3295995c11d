package chat.parley.transparency.note;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;

/** What a key signs, and how; signed-note assigns each type a byte. */
public enum SignatureType {
    /** Ed25519 over the text of a note. */
    ED25519(0x01, Algorithm.ED25519),
    /** Ed25519 over a checkpoint and a time, as tlog-cosignature defines it. */
    ED25519_COSIGNATURE(0x04, Algorithm.ED25519),
    /** ML-DSA-44 over a checkpoint, a time and the cosigner's name, as tlog-cosignature defines it. */
    ML_DSA_44_COSIGNATURE(0x06, Algorithm.ML_DSA_44);

    private final byte identifier;
    private final Algorithm algorithm;

    SignatureType(int identifier, Algorithm algorithm) {
        this.identifier = (byte) identifier;
        this.algorithm = algorithm;
    }

    byte identifier() {
        return identifier;
    }

    Algorithm algorithm() {
        return algorithm;
    }

    static SignatureType of(byte identifier) {
        for (SignatureType type : values()) {
            if (type.identifier == identifier) {
                return type;
            }
        }
        throw new TransparencyException(Reason.KEY_INVALID, "A key has an unknown signature type.");
    }
}
