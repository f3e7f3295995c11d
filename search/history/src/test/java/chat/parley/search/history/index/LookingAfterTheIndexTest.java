package chat.parley.search.history.index;

import static chat.parley.search.history.index.RecordedConversation.ANN;
import static chat.parley.search.history.index.RecordedConversation.TEA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import chat.parley.api.audit.AuditAction;
import chat.parley.api.audit.RecordAuditAccess;
import chat.parley.eventprocessing.generation.RebuildState;
import chat.parley.search.history.SearchIndex;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.index.IndexNode.Data;
import chat.parley.search.history.operator.CheckController;
import chat.parley.search.history.operator.DeadLetterController;
import chat.parley.search.history.operator.OperatorAccess;
import chat.parley.search.history.operator.RebuildController;
import chat.parley.testing.FakeTextProtection;
import chat.parley.web.problem.ProblemAdvice;
import chat.parley.web.problem.ProblemWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.json.JsonMapper;

class LookingAfterTheIndexTest {
    private static final String REBUILDS = "/api/v1/search/rebuilds";
    private static final String DEAD_LETTERS = "/api/v1/search/dead-letters";
    private static final String CHECKS = "/api/v1/search/checks";

    private final Data data = Data.fresh();

    private final List<RecordAuditAccess> recorded = new ArrayList<>();
    private final OperatorAccess access = new OperatorAccess(recorded::add);

    private MockMvc rest(IndexNode node) {
        SearchIndex index = node.index;
        return MockMvcBuilders.standaloneSetup(
                        new RebuildController(index.rebuilds(), access),
                        new DeadLetterController(node.engine, index.served(), index.letters(), access),
                        new CheckController(index.check(), access))
                .setControllerAdvice(
                        new ProblemAdvice(new ProblemWriter(JsonMapper.shared(), new SimpleMeterRegistry())))
                .build();
    }

    private static MockHttpServletRequestBuilder by(String role, MockHttpServletRequestBuilder request) {
        return request.principal(new TestingAuthenticationToken("ann", null, "ROLE_" + role));
    }

    @Test
    void isForAdminsAndAuditorsOnly() throws Exception {
        try (IndexNode node = new IndexNode(data)) {
            MockMvc rest = rest(node);
            for (String role : List.of("analyst", "investigator")) {
                for (MockHttpServletRequestBuilder request : List.of(
                        post(REBUILDS),
                        get(REBUILDS + "/current"),
                        get(REBUILDS + "/current").accept(MediaType.TEXT_EVENT_STREAM),
                        delete(REBUILDS + "/current"),
                        get(DEAD_LETTERS),
                        post(DEAD_LETTERS + "/retries"),
                        post(CHECKS).param("conversation", "c"))) {
                    rest.perform(by(role, request))
                            .andExpect(status().isForbidden())
                            .andExpect(jsonPath("$.code").value("forbidden"));
                }
            }
            rest.perform(post(REBUILDS)).andExpect(status().isForbidden());
            assertThat(node.index.rebuilds().progress().state()).isEqualTo(RebuildState.NONE);
            assertThat(recorded).isEmpty();
        }
    }

    @Test
    void isRecordedWithItsReasonBeforeItIsDone() throws Exception {
        data.talk().say(TEA, ANN, "tea?");
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            MockMvc rest = rest(node);
            for (MockHttpServletRequestBuilder request : List.of(
                    post(REBUILDS),
                    delete(REBUILDS + "/current"),
                    post(DEAD_LETTERS + "/retries"),
                    post(CHECKS).param("conversation", "c"),
                    post(REBUILDS).param("reason", "  "))) {
                rest.perform(by("auditor", request))
                        .andExpect(status().isBadRequest())
                        .andExpect(jsonPath("$.code").value("reason-required"));
            }
            assertThat(recorded).isEmpty();
            assertThat(node.index.rebuilds().progress().state()).isEqualTo(RebuildState.NONE);
            rest.perform(by("auditor", post(REBUILDS).param("reason", "case 18")))
                    .andExpect(status().isAccepted());
            assertThat(recorded).singleElement().satisfies(access -> {
                assertThat(access.action()).isEqualTo(AuditAction.REBUILD);
                assertThat(access.log().auditor()).isEqualTo(ANN);
                assertThat(access.reason()).isEqualTo("case 18");
                assertThat(access.request()).isEqualTo("POST " + REBUILDS);
            });
        }
    }

    @Test
    void showsARebuildToItsEndAndWhatItComesTo() throws Exception {
        data.talk().say(TEA, ANN, "tea?");
        data.talk().edit(TEA, 2, "tea!");
        data.talk().say(TEA, ANN, FakeTextProtection.DAMAGED);
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            MockMvc rest = rest(node);
            rest.perform(by("admin", post(REBUILDS).param("reason", "case 18")))
                    .andExpect(status().isAccepted())
                    .andExpect(jsonPath("$.state").value("filling"))
                    .andExpect(jsonPath("$.generation").value("g2"));
            MvcResult watching = rest.perform(
                            by("auditor", get(REBUILDS + "/current").accept(MediaType.TEXT_EVENT_STREAM)))
                    .andExpect(request().asyncStarted())
                    .andReturn();
            watching.getAsyncResult(IndexNode.LIMIT.toMillis());
            rest.perform(asyncDispatch(watching))
                    .andExpect(content().string(Matchers.containsString("\"state\":\"done\"")));
            rest.perform(by("auditor", get(REBUILDS + "/current").accept(MediaType.APPLICATION_JSON)))
                    .andExpect(jsonPath("$.serving").value("g2"))
                    .andExpect(jsonPath("$.percent").value(100))
                    .andExpect(jsonPath("$.indexed").value(1))
                    .andExpect(jsonPath("$.past").value(1))
                    .andExpect(jsonPath("$.rejected").value(1))
                    .andExpect(jsonPath("$.served.rejected").value(1));
            rest.perform(by("admin", delete(REBUILDS + "/current").param("reason", "case 18")))
                    .andExpect(status().isNotFound());
            node.caughtUp();
            rest.perform(by("admin", get(DEAD_LETTERS)))
                    .andExpect(jsonPath("$.total").value(1))
                    .andExpect(jsonPath("$.deadLetters[0].kind").value("message"))
                    .andExpect(jsonPath("$.deadLetters[0].position").value(4))
                    .andExpect(jsonPath("$.deadLetters[0].error").value("text-unreadable"));
            rest.perform(by("admin", post(DEAD_LETTERS + "/retries").param("reason", "case 18")))
                    .andExpect(status().isAccepted())
                    .andExpect(jsonPath("$.due").value(1));
            rest.perform(by(
                            "auditor",
                            post(CHECKS).param("conversation", TEA.value()).param("reason", "case 18")))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.messages").value(2))
                    .andExpect(jsonPath("$.counts.missing").value(1))
                    .andExpect(jsonPath("$.differences[0].kind").value("missing"))
                    .andExpect(jsonPath("$.differences[0].document").value("message"));
        }
    }

    @Test
    void saysThatSearchIsOff() throws Exception {
        SearchEngine off = new SearchEngine(null);
        try (IndexNode node = new IndexNode(data)) {
            MockMvc rest = MockMvcBuilders.standaloneSetup(
                            new DeadLetterController(off, node.index.served(), node.index.letters(), access))
                    .setControllerAdvice(
                            new ProblemAdvice(new ProblemWriter(JsonMapper.shared(), new SimpleMeterRegistry())))
                    .build();
            rest.perform(by("admin", get(DEAD_LETTERS)))
                    .andExpect(jsonPath("$.code").value("search-off"));
        }
    }
}
