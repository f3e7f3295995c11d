package chat.parley.search.history.query;

import chat.parley.api.account.UserId;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.document.TextEnd;
import chat.parley.search.history.engine.RealElasticsearch;
import chat.parley.search.history.engine.SearchConnection;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.CommonStatsFlag;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Indexes of one test on the shared server, written like the indexer does. */
public final class SearchIndexFixture {
    /** The time of position 0; each position is a minute later. */
    public static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

    private final ElasticsearchClient client = RealElasticsearch.shared().client();
    private final IndexAliases aliases;

    public SearchIndexFixture() {
        String name = "parley-query-" + UUID.randomUUID();
        aliases = new IndexAliases(name + "-messages", name + "-past");
        create(aliases.messages());
        create(aliases.past());
    }

    private void create(String alias) {
        try (InputStream definition =
                Objects.requireNonNull(SearchConnection.class.getResourceAsStream("../document/messages.json"))) {
            client.indices()
                    .create(index ->
                            index.index(alias + "-g1").withJson(definition).aliases(alias, all -> all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() throws IOException {
        client.indices().delete(indexes -> indexes.index(aliases.messages() + "-g1", aliases.past() + "-g1"));
    }

    ElasticsearchClient client() {
        return client;
    }

    IndexAliases aliases() {
        return aliases;
    }

    public static Instant at(long position) {
        return START.plus(Duration.ofMinutes(position));
    }

    public static MessageDocument message(String conversation, long position, UserId sender, String text) {
        return document(conversation, position, position, sender, null, null, null, text, List.of());
    }

    static MessageDocument mentioning(
            String conversation, long position, UserId sender, String text, UserId mentioned) {
        return document(conversation, position, position, sender, null, null, null, text, List.of(mentioned.value()));
    }

    /** The message after an edit at this position. */
    public static MessageDocument edited(MessageDocument before, long by, String text) {
        return document(
                before.conversation(),
                before.position(),
                by,
                new UserId(before.sender()),
                null,
                null,
                null,
                text,
                Objects.requireNonNullElse(before.mentions(), List.of()));
    }

    /** The past text that an edit or a retraction at this position creates. */
    public static MessageDocument past(MessageDocument before, long by, TextEnd end) {
        return document(
                before.conversation(),
                before.position(),
                before.version(),
                new UserId(before.sender()),
                at(by).toEpochMilli(),
                end.term(),
                by,
                before.text(),
                List.of());
    }

    public static MessageDocument tombstone(MessageDocument before, long by) {
        return new MessageDocument(
                before.conversation(),
                before.position(),
                by,
                before.sender(),
                before.at(),
                at(by).toEpochMilli(),
                null,
                null,
                null,
                true,
                null,
                null,
                null,
                false);
    }

    private static MessageDocument document(
            String conversation,
            long position,
            long version,
            UserId sender,
            @Nullable Long until,
            @Nullable String end,
            @Nullable Long endedBy,
            @Nullable String text,
            List<String> mentions) {
        return new MessageDocument(
                conversation,
                position,
                version,
                sender.value(),
                at(position).toEpochMilli(),
                at(version).toEpochMilli(),
                until,
                end,
                endedBy,
                false,
                text,
                mentions.isEmpty() ? null : mentions,
                null,
                text != null && text.toLowerCase(Locale.ROOT).contains("https://"));
    }

    /** The documents are searchable when this returns. */
    public void write(MessageDocument... documents) {
        write(List.of(documents), Refresh.True);
    }

    /** Writes documents that are not searchable yet. */
    public void writeUnseen(MessageDocument... documents) {
        write(List.of(documents), Refresh.False);
    }

    public void write(List<MessageDocument> documents, Refresh refresh) {
        BulkRequest.Builder bulk = new BulkRequest.Builder().refresh(refresh);
        for (MessageDocument document : documents) {
            String id = document.conversation() + ":" + document.position();
            boolean past = document.end() != null;
            bulk.operations(operation ->
                    operation.index(index -> index.index(past ? aliases.past() : aliases.messages())
                            .id(past ? id + ":" + document.version() : id)
                            .versionType(VersionType.External)
                            .version(document.version())
                            .document(document)));
        }
        BulkResponse response = RealElasticsearch.answer(() -> client.bulk(bulk.build()));
        if (response.errors()) {
            throw new IllegalStateException(response.items().toString());
        }
    }

    /** Number of open points in time on these indexes. */
    public long openContexts() {
        return Objects.requireNonNull(RealElasticsearch.answer(() -> client.indices()
                                .stats(stats -> stats.index(aliases.messages()).metric(CommonStatsFlag.Search)))
                        .all()
                        .total())
                .search()
                .openContexts();
    }
}
