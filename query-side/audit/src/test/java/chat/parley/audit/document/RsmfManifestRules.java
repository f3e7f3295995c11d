package chat.parley.audit.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The rules that the specification of RSMF 2.0 has for {@code rsmf_manifest.json}. */
final class RsmfManifestRules {
    private static final Set<String> EVENT_TYPES =
            Set.of("message", "disclaimer", "join", "leave", "history", "unknown");
    private static final Set<String> EVENT_FIELDS = Set.of(
            "id",
            "type",
            "parent",
            "body",
            "participant",
            "conversation",
            "timestamp",
            "deleted",
            "importance",
            "reactions",
            "attachments",
            "edits",
            "custom",
            "direction",
            "read_receipts");

    private RsmfManifestRules() {}

    static void check(JsonNode manifest) {
        assertThat(manifest.get("version").stringValue()).isEqualTo("2.0.0");
        assertThat(manifest.get("eventcollectionid").stringValue()).isNotEmpty();
        Set<String> participants = ids(manifest.get("participants"));
        Set<String> conversations = ids(manifest.get("conversations"));
        for (JsonNode conversation : manifest.get("conversations").values()) {
            assertThat(conversation.get("platform").stringValue()).isNotEmpty();
            assertThat(conversation.get("type").stringValue()).isIn("direct", "channel");
            people(conversation.get("participants"), participants);
        }
        assertThat(manifest.get("events").size()).isLessThanOrEqualTo(10_000);
        Set<String> earlier = new HashSet<>();
        for (JsonNode event : manifest.get("events").values()) {
            assertThat(EVENT_FIELDS).containsAll(event.propertyNames());
            assertThat(event.get("type").stringValue()).isIn(EVENT_TYPES);
            assertThat(event.get("body").isString()).isTrue();
            assertThat(conversations).contains(event.get("conversation").stringValue());
            assertThat(participants).contains(event.get("participant").stringValue());
            time(event.get("timestamp"));
            if (event.has("parent")) {
                assertThat(earlier).contains(event.get("parent").stringValue());
            }
            for (JsonNode edit : event.path("edits").values()) {
                assertThat(participants).contains(edit.get("participant").stringValue());
                assertThat(edit.get("previous").isString() && edit.get("new").isString())
                        .isTrue();
                time(edit.get("timestamp"));
            }
            for (JsonNode reaction : event.path("reactions").values()) {
                assertThat(reaction.get("value").stringValue()).isNotEmpty();
                assertThat(reaction.get("count").isInt()).isTrue();
                people(reaction.get("participants"), participants);
            }
            for (JsonNode custom : event.path("custom").values()) {
                assertThat(custom.get("name").stringValue()).isNotEmpty();
                assertThat(custom.get("value").stringValue()).isNotEmpty();
            }
            assertThat(earlier.add(event.get("id").stringValue())).isTrue();
        }
    }

    private static Set<String> ids(JsonNode array) {
        Set<String> ids = new HashSet<>();
        array.values()
                .forEach(one -> assertThat(ids.add(one.get("id").stringValue())).isTrue());
        assertThat(ids).doesNotContain("");
        return ids;
    }

    private static void people(JsonNode array, Set<String> participants) {
        array.values().forEach(one -> assertThat(participants).contains(one.stringValue()));
    }

    private static void time(JsonNode time) {
        assertThat(OffsetDateTime.parse(time.stringValue())).isNotNull();
    }
}
