package chat.parley.domain;

/** @param maxMembers highest number of members of a group, owner included */
public record GroupPolicy(int maxMembers) {
    private static final int LEAST = 2;

    /** The aggregate holds all members, and fan-out is per member; larger groups would need another design. */
    private static final int MOST = 500;

    public GroupPolicy {
        if (maxMembers < LEAST || maxMembers > MOST) {
            throw new IllegalArgumentException("A group may have " + LEAST + " to " + MOST + " members");
        }
    }
}
