package chat.parley.search.query;

import chat.parley.api.ConversationId;
import chat.parley.search.index.PastEnd;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/** What may be asked of a message. */
public sealed interface Criterion {
    /** As somebody would write it. */
    String written();

    /** The text has this word, or another form of it. */
    record Word(String text) implements Criterion {
        @Override
        public String written() {
            return text;
        }
    }

    /** The text has these words as they are written. */
    record Phrase(String text) implements Criterion {
        @Override
        public String written() {
            return '"' + text + '"';
        }
    }

    /** Somebody wrote it. */
    record From(Person person) implements Criterion {
        @Override
        public String written() {
            return Operator.FROM.before(person.name());
        }
    }

    /** It was said in this conversation. */
    record In(ConversationId conversation) implements Criterion {
        @Override
        public String written() {
            return Operator.IN.before(conversation.value());
        }
    }

    /** It mentions somebody. */
    record Mentions(Person person) implements Criterion {
        @Override
        public String written() {
            return Operator.MENTIONS.before(person.name());
        }
    }

    /** It was sent before this moment, or before this day began. */
    record Before(When when) implements Criterion {
        @Override
        public String written() {
            return Operator.BEFORE.before(when.written());
        }
    }

    /** It was sent after this moment, or after this day was over. */
    record After(When when) implements Criterion {
        @Override
        public String written() {
            return Operator.AFTER.before(when.written());
        }
    }

    /** It was sent on this day. */
    record On(LocalDate day) implements Criterion {
        @Override
        public String written() {
            return Operator.ON.before(day.toString());
        }
    }

    /** The text has a URL. */
    record HasLink() implements Criterion {
        @Override
        public String written() {
            return Operator.HAS.before(Operator.LINK);
        }
    }

    /** A text that came to this end. */
    record Was(PastEnd end) implements Criterion {
        @Override
        public String written() {
            return Operator.WAS.before(end.term());
        }
    }

    /** A text that stood at this moment, or when this day was over. */
    record AsOf(When when) implements Criterion {
        @Override
        public String written() {
            return Operator.AS_OF.before(when.written());
        }
    }

    /** @param name {@code me}, a user id, or a username, which an {@code @} may precede */
    record Person(String name) {
        private static final String ME = "me";

        boolean isMe() {
            return name.toLowerCase(Locale.ROOT).equals(ME);
        }
    }

    /** A time as precise as it was written. */
    sealed interface When {
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
