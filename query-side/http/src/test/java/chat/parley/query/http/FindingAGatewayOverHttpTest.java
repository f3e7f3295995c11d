package chat.parley.query.http;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;

import chat.parley.discovery.Gateway;
import chat.parley.discovery.GatewayRegistry;
import chat.parley.discovery.GatewaySessions;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.MockMvc;

class FindingAGatewayOverHttpTest {
    private static final Gateway ONE = new Gateway("one", "seoul", URI.create("wss://one/ws"), 5, 10);
    private static final Gateway TWO = new Gateway("two", "dublin", URI.create("wss://two/ws"), 1, 10);

    private static final class Registered implements GatewayRegistry {
        @Override
        public Registration register(Gateway gateway, GatewaySessions sessions) {
            throw new UnsupportedOperationException("These are registered already");
        }

        @Override
        public List<Gateway> bestFirst(@Nullable String region) {
            return "seoul".equals(region) ? List.of(ONE, TWO) : List.of(TWO, ONE);
        }
    }

    @Test
    void theBestGatewayComesFirst() throws Exception {
        MockMvc rest = TestWebMvc.of(new GatewayController(new Registered()));

        rest.perform(get("/api/v1/gateways"))
                .andExpect(jsonPath("$.gateways[0].node").value("two"));
        rest.perform(get("/api/v1/gateways?region=seoul")).andExpect(content().json("""
                                {"gateways": [
                                  {"node": "one", "region": "seoul", "url": "wss://one/ws", "sessions": 5, "capacity": 10},
                                  {"node": "two", "region": "dublin", "url": "wss://two/ws", "sessions": 1, "capacity": 10}]}""", JsonCompareMode.STRICT));
    }
}
