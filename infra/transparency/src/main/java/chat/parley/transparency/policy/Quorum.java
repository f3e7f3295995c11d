package chat.parley.transparency.policy;

import chat.parley.transparency.note.VerifierKey;
import java.util.List;
import java.util.Set;

/** Which sets of cosigning witnesses are enough. */
sealed interface Quorum {
    boolean isMetBy(Set<VerifierKey> cosigners);

    /** Needs no witness. */
    record None() implements Quorum {
        @Override
        public boolean isMetBy(Set<VerifierKey> cosigners) {
            return true;
        }
    }

    /** Needs one certain witness. */
    record One(VerifierKey witness) implements Quorum {
        @Override
        public boolean isMetBy(Set<VerifierKey> cosigners) {
            return cosigners.contains(witness);
        }
    }

    /** Needs some of its members. */
    record Group(int threshold, List<Quorum> members) implements Quorum {
        @Override
        public boolean isMetBy(Set<VerifierKey> cosigners) {
            return members.stream().filter(member -> member.isMetBy(cosigners)).count() >= threshold;
        }
    }
}
