package chat.parley.search.history.language;

import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.text.TextRules;
import chat.parley.api.text.Usernames;
import chat.parley.search.history.document.PastEnd;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** What may be asked of a message. */
public sealed interface Criterion {

    /** The text has this word, or another form of it. */
    record Word(String text) implements Criterion {}

    /** The text has these words as they are written. */
    record Phrase(String text) implements Criterion {}

    /** The text has a word that begins like this; only ever the last of a query that is being typed. */
    record Beginning(String text) implements Criterion {}

    /** Somebody wrote it. */
    record From(Person person) implements Criterion {}

    /** It was said in this conversation. */
    record In(ConversationId conversation) implements Criterion {}

    /** It mentions somebody. */
    record Mentions(Person person) implements Criterion {}

    /** It was sent before this moment, or before this day began. */
    record Before(When when) implements Criterion {}

    /** It was sent after this moment, or after this day was over. */
    record After(When when) implements Criterion {}

    /** It was sent on this day. */
    record On(LocalDate day) implements Criterion {}

    /** The text has a URL. */
    record HasLink() implements Criterion {}

    /** A text that came to this end. */
    record Was(PastEnd end) implements Criterion {}

    /** A text that stood at this moment, or when this day was over. */
    record AsOf(When when) implements Criterion {}

    /** @param name {@code me}, a user id, or a username, which an {@code @} may precede */
    record Person(String name) {
        private static final String ME = "me";
        private static final String AT = "@";

        public boolean isMe() {
            return name.toLowerCase(Locale.ROOT).equals(ME);
        }

        /** Empty where it can be no id. */
        public Optional<UserId> id() {
            try {
                return Optional.of(new UserId(name));
            } catch (Refused malformed) {
                return Optional.empty();
            }
        }

        /** As usernames are compared; empty where nobody can have such a name. */
        public Optional<String> username() {
            return Optional.of(Usernames.fold(name.startsWith(AT) ? name.substring(AT.length()) : name))
                    .filter(folded -> !folded.isEmpty()
                            && !TextRules.isLongerThan(TextRules.USERNAME_MAX, folded)
                            && folded.codePoints().noneMatch(Characters::isBlank));
        }

        boolean canBe() {
            return id().isPresent() || username().isPresent();
        }
    }

    /** A time as precise as it was written. */
    sealed interface When {
        /** As somebody would write it. */
        String written();

        record Day(LocalDate date) implements When {
            @Override
            public String written() {
                return date.toString();
            }
        }

        record Moment(Instant instant) implements When {
            @Override
            public String written() {
                return instant.toString();
            }
        }
    }
}
