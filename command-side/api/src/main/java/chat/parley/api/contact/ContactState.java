package chat.parley.api.contact;

/** What somebody is to a user, as the user sees it. */
public enum ContactState {
    /** Each has the other as a contact. */
    CONTACT,
    /** The user has asked them and waits for an answer. */
    REQUESTED,
    /** They have asked the user, who has not answered. */
    ASKED
}
