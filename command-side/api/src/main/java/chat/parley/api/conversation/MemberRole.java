package chat.parley.api.conversation;

/** A member's role in a group, least first. In a direct conversation both are {@code MEMBER}. */
public enum MemberRole {
    MEMBER,
    ADMIN,
    OWNER
}
