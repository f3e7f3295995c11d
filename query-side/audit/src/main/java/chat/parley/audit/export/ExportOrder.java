package chat.parley.audit.export;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.audit.document.DocumentFormat;
import chat.parley.audit.event.EventQuery;
import chat.parley.web.RequestParameters;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an auditor wants to have exported: the parameters of {@link EventQuery}, documents, and a search. */
record ExportOrder(
        @Parameter(description = "Why the events are exported; one line, recorded for good") @Nullable
        String reason,

        @Parameter(description = "The index after which the archive begins") @Nullable
        Long after,

        @Parameter(description = "The last index") @Nullable Long through,

        @Parameter(description = "The moment of the first event, RFC 3339 with a zone") @Nullable
        String from,

        @Parameter(description = "The moment before which the last event was stored") @Nullable
        String to,

        @Parameter(description = "Only events that name this conversation") @Nullable
        String conversation,

        @Parameter(description = "Only events that name this person") @Nullable
        String user,

        @Parameter(description = "Only these types, such as `MessageSent`") @Nullable
        List<String> type,

        @Parameter(description = "Only entries of conversations from this position on") @Nullable
        Long fromPosition,

        @Parameter(description = "Only entries of conversations up to this position") @Nullable
        Long toPosition,

        @Parameter(description = "`rsmf`, `eml` or `slack`, as documents besides the events") @Nullable
        String format,

        @Parameter(
                description = "Only the messages that this search finds in current or past texts, with their edits and"
                        + " retractions; in the query language of `GET /search`")
        @Nullable
        String q) {
    EventQuery events() {
        return new EventQuery(reason, after, through, from, to, conversation, user, type, fromPosition, toPosition);
    }

    /** @throws Refused {@link Refusal#INVALID_PARAMETER} if there is no such format */
    Optional<DocumentFormat> documents() {
        return Optional.ofNullable(format).map(name -> RequestParameters.parse(DocumentFormat.class, "format", name));
    }

    /** In one line, for the record of the access. */
    String described() {
        return Stream.of(
                        named("after", after),
                        named("through", through),
                        named("from", from),
                        named("to", to),
                        named("conversation", conversation),
                        named("user", user),
                        named("type", type),
                        named("fromPosition", fromPosition),
                        named("toPosition", toPosition),
                        named("format", format),
                        named("q", q))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    private static @Nullable String named(String name, @Nullable Object value) {
        return value == null ? null : name + "=" + value;
    }

    /** Without the reason, which the record of the access has. */
    ExportOrder withoutReason() {
        return new ExportOrder(
                null, after, through, from, to, conversation, user, type, fromPosition, toPosition, format, q);
    }

    /** The search may have private words. */
    @Override
    public String toString() {
        return "ExportOrder[format=" + format + "]";
    }
}
