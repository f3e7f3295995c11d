package chat.parley.query.http;

import static chat.parley.query.http.TestWebMvc.ANN;
import static chat.parley.query.http.TestWebMvc.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindConversation;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.FindPins;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.FindInbox;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.query.http.conversation.ConversationController;
import chat.parley.query.http.conversation.InboxController;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryQueries;
import chat.parley.testing.conversation.InMemoryEventFeed;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.SealedTextReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.axonframework.queryhandling.QueryHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReadingAConversationTest {
    private static final InMemoryEventFeed CLUB = club();
    private static final RecordedEntry STARTED =
            RecordedEntry.of(1, 40, CLUB.entries().getFirst().event());
    private static final RecordedEntry HELLO =
            RecordedEntry.of(2, 41, CLUB.entries().getLast().event());

    private static InMemoryEventFeed club() {
        InMemoryEventFeed club = new InMemoryEventFeed();
        club.startGroup(new ConversationId("club"), BOB, "A group", HistoryAccess.SINCE_JOINED, ANN);
        club.send(new ConversationId("club"), BOB, "안녕 \uD83D\uDC4B");
        return club;
    }

    private final TextProtection protection = FakeTextProtection.legible();
    private final Club club = new Club();
    private final QueryClient queries = new QueryClient(InMemoryQueries.gateway(club), TestWebMvc.PROPERTIES.timeout());
    private final EntryRenderer renderer = new EntryRenderer(protection);
    private final MockMvc rest = TestWebMvc.of(
            new ConversationController(queries, new SealedTextReader(protection), renderer),
            new InboxController(queries, new SealedTextReader(protection), renderer));

    @Test
    void itsDetails() throws Exception {
        rest.perform(get("/api/v1/conversations/club"))
                .andExpect(status().isOk())
                .andExpect(content().json("""
                    {"id": "club", "kind": "group", "title": "A group", "joinable": true,
                     "members": [{"user": "bob", "role": "owner"}, {"user": "ann", "role": "member"}],
                     "history": "since-joined", "head": 2}\
                    """, JsonCompareMode.STRICT));
    }

    @Test
    void anErasedTitleIsNullAndMarkedAsErased() throws Exception {
        rest.perform(get("/api/v1/conversations/erased"))
                .andExpect(jsonPath("$.title").value((Object) null))
                .andExpect(jsonPath("$.erased").value(true));
    }

    @Test
    void anAlteredTitleDoesNotHideTheConversation() throws Exception {
        rest.perform(get("/api/v1/conversations/altered"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.erased").value(true));
    }

    @Test
    void refusalsOfTheReadSideArePassedOn() throws Exception {
        rest.perform(get("/api/v1/conversations/foreign"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("not-a-member"));
        rest.perform(get("/api/v1/conversations/foreign/entries"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("not-a-member"));
        rest.perform(get("/api/v1/conversations/a.b/entries"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("invalid-id"));
    }

    @Test
    void itsNewestFiftyEntries() throws Exception {
        rest.perform(get("/api/v1/conversations/club/entries"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.head").value(2))
                .andExpect(jsonPath("$.entries[0].kind").value("started"))
                .andExpect(jsonPath("$.entries[1].kind").value("message"))
                .andExpect(jsonPath("$.entries[1].text").value("안녕 \uD83D\uDC4B"))
                .andExpect(jsonPath("$.entries[1].at").value("2026-01-02T12:00:00.123Z"));
        assertThat(club.asked)
                .containsExactly(new FindEntries(ANN, new ConversationId("club"), null, null, null, 50, null));
    }

    @Test
    void anEntryIsTheSameOverRestAndOverTheSocket() throws Exception {
        JsonMapper mapper = new JsonMapper();
        JsonNode overRest = mapper.readTree(rest.perform(get("/api/v1/conversations/club/entries"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray());
        for (int i = 0; i < 2; i++) {
            RecordedEntry recorded = List.of(STARTED, HELLO).get(i);
            ObjectNode frame =
                    (ObjectNode) mapper.readTree(new FrameCodec().encodeEntry(renderer.render(recorded), null));
            frame.remove("type");
            assertThat(overRest.get("entries").get(i)).isEqualTo(frame);
        }
    }

    @Test
    void thePositionToReadFromIsPassedOn() throws Exception {
        rest.perform(get("/api/v1/conversations/club/entries?after=0&limit=200&minPosition=9"))
                .andExpect(status().isOk());
        rest.perform(get("/api/v1/conversations/club/entries?before=7&limit=1")).andExpect(status().isOk());
        rest.perform(get("/api/v1/conversations/club/entries?around=7")).andExpect(status().isOk());
        ConversationId id = new ConversationId("club");
        assertThat(club.asked)
                .containsExactly(
                        new FindEntries(ANN, id, 0L, null, null, 200, 9L),
                        new FindEntries(ANN, id, null, 7L, null, 1, null),
                        new FindEntries(ANN, id, null, null, 7L, 50, null));
    }

    @Test
    void thePositionsOfUpToAHundredEntriesArePassedOn() throws Exception {
        rest.perform(get("/api/v1/conversations/club/entries?at=2,1")).andExpect(status().isOk());
        rest.perform(get("/api/v1/conversations/club/entries").param("at", positions(100)))
                .andExpect(status().isOk());
        rest.perform(get("/api/v1/conversations/club/entries").param("at", positions(101)))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("invalid-parameter"));
        rest.perform(get("/api/v1/conversations/foreign/entries?at=2"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("not-a-member"));
        ConversationId id = new ConversationId("club");
        assertThat(club.asked)
                .containsExactly(
                        new FindEntries.At(ANN, id, List.of(2L, 1L)),
                        new FindEntries.At(
                                ANN, id, LongStream.rangeClosed(1, 100).boxed().toList()));
    }

    private static String[] positions(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(Long::toString).toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at=",
                "at=0",
                "at=-1",
                "at=1,",
                "at=1,x",
                "at=1,,2",
                "at=99999999999999999999",
                "at=1&after=9",
                "at=1&around=9",
                "limit=0",
                "limit=201",
                "limit=100000",
                "limit=-1",
                "limit=many",
                "after=-1",
                "before=0",
                "before=-5",
                "around=0",
                "minPosition=-1",
                "after=x",
                "after=99999999999999999999",
                "after=1&before=9",
                "after=1&around=9",
                "before=1&around=9",
                "after=1&before=3&around=9"
            })
    void parametersOutOfRangeAreRefused(String parameters) throws Exception {
        rest.perform(get("/api/v1/conversations/club/entries?" + parameters))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("invalid-parameter"));
        assertThat(club.asked).isEmpty();
    }

    @Test
    void itsPins() throws Exception {
        rest.perform(get("/api/v1/conversations/club/pins"))
                .andExpect(status().isOk())
                .andExpect(content()
                        .json(
                                "{\"pins\": [{\"position\": 2, \"pinned\": 3, \"by\": \"bob\","
                                        + " \"at\": \"2026-01-02T12:00:00.123Z\"}]}",
                                JsonCompareMode.STRICT));
        rest.perform(get("/api/v1/conversations/elsewhere/pins"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("not-a-member"));
    }

    @Test
    void theInbox() throws Exception {
        rest.perform(get("/api/v1/inbox?limit=2"))
                .andExpect(status().isOk())
                .andExpect(content().json("""
                    {"conversations": [
                      {"id": "club", "kind": "group", "title": "A group", "head": 2,
                       "last": {"conversation": "club", "position": 2, "kind": "message", "sender": "bob",
                                "at": "2026-01-02T12:00:00.123Z", "clientMessageId": "m1",
                                "text": "안녕 \uD83D\uDC4B", "ordinal": 1},
                       "unread": 1, "mentions": 0, "readPosition": 1, "muted": true, "pinned": false,
                       "markedUnread": true},
                      {"id": "talk", "kind": "direct", "title": null, "with": "bob", "head": 1,
                       "unread": 0, "mentions": 0, "readPosition": 0,
                       "muted": false, "pinned": true, "markedUnread": false}],
                     "next": "page-2"}\
                    """, JsonCompareMode.STRICT));
        rest.perform(get("/api/v1/inbox?next=page-2"))
                .andExpect(status().isOk())
                .andExpect(content().json("{\"conversations\": []}", JsonCompareMode.STRICT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "201", "100000", "x"})
    void anInboxPageOutOfRangeIsRefused(String limit) throws Exception {
        rest.perform(get("/api/v1/inbox").param("limit", limit))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("invalid-parameter"));
    }

    static final class Club {
        private final List<Object> asked = new ArrayList<>();

        @QueryHandler
        FindConversation.Details handle(FindConversation query) {
            ConversationId id = query.conversation();
            TextContext context = TextProtection.titleContext(id);
            TextProtection protection = FakeTextProtection.legible();
            return switch (id.value()) {
                case "club" -> details(id, protection.seal(BOB, "A group", context));
                case "erased" -> details(id, FakeTextProtection.legible().erased(context));
                case "altered" ->
                    details(
                            id,
                            protection.seal(
                                    BOB, "Of another group", TextProtection.titleContext(new ConversationId("other"))));
                default -> throw new Refused(Refusal.NOT_A_MEMBER);
            };
        }

        private static FindConversation.Details details(ConversationId id, SealedText title) {
            return new FindConversation.Details(
                    id,
                    ConversationKind.GROUP,
                    title,
                    List.of(
                            new FindConversation.Member(BOB, MemberRole.OWNER),
                            new FindConversation.Member(ANN, MemberRole.MEMBER)),
                    true,
                    HistoryAccess.SINCE_JOINED,
                    2);
        }

        @QueryHandler
        FindPins.Pins handle(FindPins query) {
            if (!query.conversation().value().equals("club")) {
                throw new Refused(Refusal.NOT_A_MEMBER);
            }
            return new FindPins.Pins(List.of(new FindPins.Pin(2, 3, BOB, InMemoryEventFeed.START)));
        }

        @QueryHandler
        Entries handle(FindEntries query) {
            if (!query.conversation().value().equals("club")) {
                throw new Refused(Refusal.NOT_A_MEMBER);
            }
            asked.add(query);
            return new Entries(List.of(STARTED, HELLO), 2);
        }

        @QueryHandler
        Entries handle(FindEntries.At query) {
            if (!query.conversation().value().equals("club")) {
                throw new Refused(Refusal.NOT_A_MEMBER);
            }
            asked.add(query);
            return new Entries(List.of(STARTED, HELLO), 2);
        }

        @QueryHandler
        FindInbox.Inbox handle(FindInbox query) {
            if ("page-2".equals(query.before())) {
                return new FindInbox.Inbox(List.of(), null);
            }
            ConversationId id = new ConversationId("club");
            UserId with = BOB;
            return new FindInbox.Inbox(
                    List.of(
                            new FindInbox.Item(
                                    id,
                                    ConversationKind.GROUP,
                                    FakeTextProtection.legible().seal(BOB, "A group", TextProtection.titleContext(id)),
                                    null,
                                    2,
                                    HELLO,
                                    1,
                                    0,
                                    1,
                                    true,
                                    false,
                                    true),
                            new FindInbox.Item(
                                    new ConversationId("talk"),
                                    ConversationKind.DIRECT,
                                    null,
                                    with,
                                    1,
                                    null,
                                    0,
                                    0,
                                    0,
                                    false,
                                    true,
                                    false)),
                    "page-2");
        }
    }
}
