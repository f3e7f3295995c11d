package chat.parley.domain;

/** @param maxMembers how many members a group may have, its owner included */
public record GroupPolicy(int maxMembers) {
    private static final int LEAST = 2;

    /** Membership is held in the aggregate and fanned out per member; past this both would need another shape. */
    private static final int MOST = 500;

    public GroupPolicy {
        if (maxMembers < LEAST || maxMembers > MOST) {
            throw new IllegalArgumentException("A group may have " + LEAST + " to " + MOST + " members");
        }
    }
}
