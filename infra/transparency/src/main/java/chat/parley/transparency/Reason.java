package chat.parley.transparency;

/** Why something was not accepted. The names are stable: verifiers print them and scripts compare them. */
public enum Reason {
    /** Bytes or text do not follow their format. */
    MALFORMED,
    /** A size or count is beyond its bound. */
    TOO_LARGE,
    /** An index or a tree size does not exist. */
    OUT_OF_RANGE,
    /** A key does not decode, or does not have the id that its text says. */
    KEY_INVALID,
    /** This Java runtime lacks the signature algorithm of a key. */
    ALGORITHM_UNAVAILABLE,
    /** No signature is by a trusted key. */
    SIGNER_UNKNOWN,
    /** A signature under the name and id of a trusted key does not verify. */
    SIGNATURE_INVALID,
    /** Fewer witnesses have cosigned than the policy asks for. */
    QUORUM_MISSED,
    /** A proof does not lead to the tree's root. */
    PROOF_INVALID,
    /** Stored tiles do not hash to the tree that they should be of. */
    TREE_MISMATCH,
    /** A tile that the tree needs is not stored. */
    TILE_MISSING,
    /** A tile is stored already, with other content. */
    TILE_CONFLICT,
    /** A witness has no record of a log that it should know, so it cannot tell whether a checkpoint rolls the log back. */
    STATE_MISSING
}
