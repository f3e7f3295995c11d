package chat.parley.api.conversation;

/** A member's role, lowest first. Both members of a direct conversation are {@code MEMBER}. */
public enum MemberRole {
    MEMBER,
    ADMIN,
    OWNER
}
