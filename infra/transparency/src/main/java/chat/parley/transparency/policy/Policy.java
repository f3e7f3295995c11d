package chat.parley.transparency.policy;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.checkpoint.VerifiedSignature;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The logs and witnesses that someone trusts, and how many of the witnesses have to agree. */
public final class Policy {
    private final List<KnownLog> logs;
    private final List<KnownWitness> witnesses;
    private final Quorum quorum;

    Policy(List<KnownLog> logs, List<KnownWitness> witnesses, Quorum quorum) {
        this.logs = List.copyOf(logs);
        this.witnesses = List.copyOf(witnesses);
        this.quorum = quorum;
    }

    /** Reads a policy file. */
    public static Policy parse(byte[] file) {
        return new PolicyParser().parse(file);
    }

    public List<KnownLog> logs() {
        return logs;
    }

    public List<KnownWitness> witnesses() {
        return witnesses;
    }

    /** Accepts a checkpoint that one of the logs signed and enough of the witnesses cosigned. */
    public TrustedCheckpoint verify(SignedCheckpoint signed) {
        String origin = signed.checkpoint().origin();
        VerifiedSignature log = logs.stream()
                .filter(known -> known.key().name().equals(origin))
                .map(known -> signed.by(known.key()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new TransparencyException(
                        Reason.SIGNER_UNKNOWN,
                        "The checkpoint of " + origin + " is not signed by a log of the policy."));
        return new TrustedCheckpoint(signed.checkpoint(), log, requireQuorum(signed));
    }

    /** The cosignatures of this policy's witnesses, if they are enough; does not look at the log's signature. */
    public List<VerifiedSignature> requireQuorum(SignedCheckpoint signed) {
        List<VerifiedSignature> cosignatures = witnesses.stream()
                .map(known -> signed.by(known.key()))
                .flatMap(Optional::stream)
                .toList();
        if (!quorum.isMetBy(cosignatures.stream().map(VerifiedSignature::key).collect(Collectors.toSet()))) {
            throw new TransparencyException(
                    Reason.QUORUM_MISSED,
                    "The checkpoint of " + signed.checkpoint().origin() + " is cosigned by " + cosignatures.size()
                            + " of the policy's witnesses, which are not enough.");
        }
        return cosignatures;
    }
}
