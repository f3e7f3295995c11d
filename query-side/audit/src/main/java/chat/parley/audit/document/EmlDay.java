package chat.parley.audit.document;

import chat.parley.api.KebabCase;
import chat.parley.api.account.UserId;
import chat.parley.audit.transcript.Names.Name;
import chat.parley.audit.transcript.Transcript;
import chat.parley.audit.transcript.TranscriptEntry;
import chat.parley.wire.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One mail: the entries of a conversation on one day, as text and as HTML. */
final class EmlDay implements Closeable {
    /** Archives of others take mails of some 250 MB; text and HTML in Base64 are three times as long. */
    private static final long MOST_CHARACTERS = 16L * 1024 * 1024;

    private final DocumentTarget target;
    private final Transcript transcript;
    private final LocalDate date;
    private final int part;
    private final Map<UserId, Name> names;
    private final EntryText texts;
    private final Path text;
    private final Path html;
    private final TextLines lines;
    private final HtmlPage page;
    private final Set<UserId> participants;
    private final long firstPosition;
    private final long firstIndex;

    private long lastPosition;
    private long lastIndex;
    private Instant last;
    private long characters;
    private int entries;
    private int messages;

    EmlDay(DocumentTarget target, Transcript transcript, LocalDate date, int part, TranscriptEntry first)
            throws IOException {
        this.target = target;
        this.transcript = transcript;
        this.date = date;
        this.part = part;
        names = target.names().of(transcript.people());
        texts = new EntryText(names);
        firstPosition = first.entry().position();
        firstIndex = first.index();
        last = first.entry().at();
        participants = new LinkedHashSet<>(transcript.membersAt(firstPosition));
        text = target.temporaryFile("text");
        html = target.temporaryFile("html");
        lines = new TextLines(DocumentTarget.buffered(text), texts);
        page = new HtmlPage(DocumentTarget.buffered(html), texts);
        lines.line(title());
        lines.line("Participants: " + texts.people(List.copyOf(participants)));
        lines.line("");
        page.begin(title(), participants);
    }

    LocalDate date() {
        return date;
    }

    int part() {
        return part;
    }

    boolean isFull() {
        return characters >= MOST_CHARACTERS;
    }

    private String title() {
        return transcript.titleAt(firstPosition).orElseGet(() -> "Conversation " + transcript.conversation());
    }

    void add(TranscriptEntry written) throws IOException {
        Entry entry = written.entry();
        lines.write(written);
        page.add(written);
        participants.add(entry.sender());
        if (entry instanceof Entry.Joined joined) {
            participants.add(joined.user());
        }
        characters += switch (entry) {
            case Entry.Message message -> EntryText.text(message.text()).length();
            case Entry.Edit edit -> EntryText.text(edit.text()).length();
            case Entry other -> 0;
        };
        lastPosition = entry.position();
        lastIndex = written.index();
        last = entry.at();
        entries++;
        if (entry instanceof Entry.Message) {
            messages++;
        }
    }

    void finish() throws IOException {
        lines.close();
        page.close();
        String name = transcript.conversation() + "/" + date + (part == 1 ? "" : "-" + part) + ".eml";
        target.write(name, mail(), List.of(text, html));
    }

    private MailMessage mail() throws IOException {
        String id = transcript.conversation() + "." + date + "." + part;
        String subject = title() + ", " + date + ": " + participants.size() + " users, " + messages + " messages";
        MailMessage mail = new MailMessage(id, "alternative", last, subject);
        mail.people(
                participants.isEmpty()
                        ? transcript.startedBy()
                        : participants.iterator().next(),
                participants,
                names);
        mail.header("X-GlobalRelay-MsgType", "Parley");
        mail.header("X-Parley-ConversationID", transcript.conversation().value());
        mail.header("X-Parley-ConversationType", KebabCase.of(transcript.kind()));
        mail.header("X-Parley-ConversationName", title());
        mail.header("X-Parley-Day", date.toString());
        mail.header("X-Parley-Part", Integer.toString(part));
        mail.header("X-Parley-Positions", firstPosition + "-" + lastPosition);
        mail.header("X-Parley-Indexes", firstIndex + "-" + lastIndex);
        mail.header("X-Parley-Entries", Integer.toString(entries));
        mail.part(text, "text/plain; charset=UTF-8");
        mail.part(html, "text/html; charset=UTF-8");
        return mail;
    }

    private void delete() throws IOException {
        Files.deleteIfExists(text);
        Files.deleteIfExists(html);
    }

    /** Ends a mail that was not finished. */
    @Override
    public void close() throws IOException {
        try (lines;
                page) {
            delete();
        }
    }
}
