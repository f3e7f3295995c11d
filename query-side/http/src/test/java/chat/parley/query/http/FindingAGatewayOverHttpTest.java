package chat.parley.query.http;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;

import chat.parley.discovery.DiscoveryConfiguration;
import chat.parley.discovery.Gateway;
import chat.parley.discovery.GatewayRegistry;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.MockMvc;

class FindingAGatewayOverHttpTest {
    @Test
    void theBestGatewayComesFirst() throws Exception {
        try (var context = new AnnotationConfigApplicationContext(DiscoveryConfiguration.class)) {
            GatewayRegistry registry = context.getBean(GatewayRegistry.class);
            registry.register(new Gateway("one", "seoul", URI.create("wss://one/ws"), 0, 10), () -> 5);
            registry.register(new Gateway("two", "dublin", URI.create("wss://two/ws"), 0, 10), () -> 1);
            MockMvc rest = TestWebMvc.of(new GatewayController(registry));

            rest.perform(get("/api/v1/gateways"))
                    .andExpect(jsonPath("$.gateways[0].node").value("two"));
            rest.perform(get("/api/v1/gateways?region=seoul"))
                    .andExpect(content().json("""
                                    {"gateways": [
                                      {"node": "one", "region": "seoul", "url": "wss://one/ws", "sessions": 5, "capacity": 10},
                                      {"node": "two", "region": "dublin", "url": "wss://two/ws", "sessions": 1, "capacity": 10}]}""", JsonCompareMode.STRICT));
        }
    }
}
