package chat.parley.search.history.language;

import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.text.TextRules;
import chat.parley.api.text.Usernames;
import chat.parley.search.history.document.TextEnd;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** A condition on messages. */
public sealed interface Criterion {

    /** The text contains this word in any inflected form. */
    record Word(String text) implements Criterion {}

    /** The text contains exactly these words. */
    record Phrase(String text) implements Criterion {}

    /** The text contains a word with this prefix; only as the last condition of a query that is being typed. */
    record Beginning(String text) implements Criterion {}

    /** The message has this author. */
    record From(Person person) implements Criterion {}

    /** The message is in this conversation. */
    record In(ConversationId conversation) implements Criterion {}

    /** The message mentions this user. */
    record Mentions(Person person) implements Criterion {}

    /** The message was sent before this moment, or before this day. */
    record Before(When when) implements Criterion {}

    /** The message was sent after this moment, or after this day. */
    record After(When when) implements Criterion {}

    /** The message was sent on this day. */
    record On(LocalDate day) implements Criterion {}

    /** The text contains a URL. */
    record HasLink() implements Criterion {}

    /** The text was ended in this way. */
    record Was(TextEnd end) implements Criterion {}

    /** The text was current at this moment, or at the end of this day. */
    record AsOf(When when) implements Criterion {}

    /** @param name {@code me}, a user id, or a username with or without a leading {@code @} */
    record Person(String name) {
        private static final String ME = "me";
        private static final String AT = "@";

        public boolean isMe() {
            return name.toLowerCase(Locale.ROOT).equals(ME);
        }

        /** The name as a user id; empty if it is none. */
        public Optional<UserId> id() {
            try {
                return Optional.of(new UserId(name));
            } catch (Refused malformed) {
                return Optional.empty();
            }
        }

        /** The name as a folded username; empty if it is none. */
        public Optional<String> username() {
            return Optional.of(Usernames.fold(name.startsWith(AT) ? name.substring(AT.length()) : name))
                    .filter(folded -> !folded.isEmpty()
                            && !TextRules.isLongerThan(TextRules.USERNAME_MAX, folded)
                            && folded.codePoints().noneMatch(CharacterClasses::isBlank));
        }

        boolean canBe() {
            return id().isPresent() || username().isPresent();
        }
    }

    /** A moment or a day, as the query has it. */
    sealed interface When {
        /** The form in the query language. */
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
