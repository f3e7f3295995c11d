package chat.parley.notifications.decision;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.port.TextProtection;
import chat.parley.eventprocessing.query.QueryClient;
import java.util.Optional;

/** Reads messages in their current state for a user. */
public final class CurrentMessages {
    private final QueryClient queries;
    private final TextProtection protection;

    public CurrentMessages(QueryClient queries, TextProtection protection) {
        this.queries = queries;
        this.protection = protection;
    }

    /** Empty if the message was retracted. */
    Optional<RecordedEntry> find(UserId reader, NotifiableMessage message) {
        FindEntries query = new FindEntries(
                reader, message.conversation(), message.position() - 1, null, null, 1, message.position());
        return queries.ask(query, Entries.class).entries().stream()
                .filter(entry -> entry.position() == message.position())
                .filter(entry -> entry.retractedBy() == null)
                .findFirst();
    }

    /** Empty if the text was erased. */
    Optional<String> text(RecordedEntry entry) {
        MessageEdited edit = entry.edit();
        if (edit != null) {
            return protection.reveal(
                    edit.text(), TextProtection.editContext(edit.conversation(), edit.by(), edit.target()));
        }
        return entry.event() instanceof MessageSent sent
                ? protection.reveal(
                        sent.text(),
                        TextProtection.messageContext(sent.conversation(), sent.by(), sent.clientMessageId()))
                : Optional.empty();
    }
}
