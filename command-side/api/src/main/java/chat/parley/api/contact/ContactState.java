package chat.parley.api.contact;

/** The relationship of another user to a user, as this user sees it. */
public enum ContactState {
    /** Both have accepted. */
    CONTACT,
    /** The user has sent a request that is not answered yet. */
    REQUESTED,
    /** The other has sent a request that the user has not answered yet. */
    ASKED
}
