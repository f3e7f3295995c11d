package chat.parley.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import chat.parley.api.Refusal;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.OpenLogins;
import chat.parley.api.port.TextProtection;
import chat.parley.discovery.DiscoveryConfiguration;
import chat.parley.testing.FakeRelations;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryQueries;
import chat.parley.testing.conversation.InMemoryEventFeed;
import chat.parley.web.openapi.OpenApiConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(classes = DescribingTheApiTest.Application.class)
class DescribingTheApiTest {
    private static final List<String> READS = List.of(
            "/api/v1/users/{id}",
            "/api/v1/users",
            "/api/v1/users/me/devices",
            "/api/v1/users/me/blocks",
            "/api/v1/users/{id}/presence",
            "/api/v1/conversations/{conversation}/presence",
            "/api/v1/users/me/settings",
            "/api/v1/users/me/contacts",
            "/api/v1/users/me/sessions",
            "/api/v1/conversations/{conversation}",
            "/api/v1/conversations/{conversation}/entries",
            "/api/v1/inbox",
            "/api/v1/sync",
            "/api/v1/gateways",
            "/api/v1/load");

    private JsonNode document = new JsonMapper().createObjectNode();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({QueryHttpConfiguration.class, DiscoveryConfiguration.class, OpenApiConfiguration.class})
    static class Application {
        @Bean
        QueryGateway queryGateway() {
            return InMemoryQueries.gateway();
        }

        @Bean
        EventFeed eventFeed() {
            return new InMemoryEventFeed();
        }

        @Bean
        TextProtection textProtection() {
            return FakeTextProtection.legible();
        }

        @Bean
        KeyedHash keyedHash() {
            return (purpose, input) -> "x".repeat(32);
        }

        @Bean
        OpenLogins openLogins() {
            return user -> List.of();
        }

        @Bean
        BlockPolicy blockPolicy() {
            return new BlockPolicy(new FakeRelations());
        }

        @Bean
        Epoch epoch() {
            return new Epoch("today");
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }

    @BeforeEach
    void read(@Autowired WebApplicationContext context) throws Exception {
        MockMvc rest = MockMvcBuilders.webAppContextSetup(context).build();
        document = new JsonMapper()
                .readTree(rest.perform(get("/v3/api-docs"))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray());
        rest.perform(get("/swagger-ui.html")).andExpect(status().is3xxRedirection());
    }

    @Test
    void everyReadIsListedWithItsProblems() {
        for (String path : READS) {
            JsonNode operation = document.at("/paths").path(path).path("get");
            assertThat(operation.path("summary").asString("")).as(path).isNotBlank();
            for (String code : List.of("200", "401", "429", "500", "503")) {
                assertThat(operation.path("responses").has(code))
                        .as(path + " " + code)
                        .isTrue();
            }
            JsonNode problem = operation.at("/responses/401/content").path("application/problem+json");
            assertThat(problem.at("/schema/$ref").asString()).isEqualTo("#/components/schemas/Problem");
        }
    }

    @Test
    void anEndpointsOwnRefusalsAreListed() {
        JsonNode responses = document.path("paths").path("/api/v1/sync").at("/get/responses");
        assertThat(responses.at("/410/description").asString()).contains("cursor-expired");
        assertThat(responses.at("/400/description").asString()).contains("cursor-invalid", "invalid-parameter");
    }

    @Test
    void aTokenIsRequiredAndIsNoParameter() {
        assertThat(document.at("/components/securitySchemes/bearer/scheme").asString())
                .isEqualTo("bearer");
        assertThat(document.at("/security/0").has("bearer")).isTrue();
        assertThat(document.at("/paths").path("/api/v1/inbox").at("/get/parameters"))
                .extracting(parameter -> parameter.path("name").asString())
                .containsExactlyInAnyOrder("limit", "next");
    }

    @Test
    void idsAndEnumsAreStrings() {
        JsonNode conversation = document.at("/components/schemas/ConversationView/properties");
        assertThat(conversation.at("/id/type").asString()).isEqualTo("string");
        assertThat(conversation.at("/kind/enum")).extracting(JsonNode::asString).containsExactly("direct", "group");
        assertThat(conversation.at("/history/enum"))
                .extracting(JsonNode::asString)
                .containsExactly("since-joined", "all");
        assertThat(document.at("/components/schemas/Contact/properties/state/enum"))
                .extracting(JsonNode::asString)
                .containsExactly("contact", "requested", "asked");
        assertThat(document.at("/components/schemas/SettingsView/properties/contactRequests/enum"))
                .extracting(JsonNode::asString)
                .containsExactly("everybody", "nobody");
        assertThat(document.at("/components/schemas/Problem/properties/code/enum"))
                .hasSize(Refusal.values().length);
    }

    @Test
    void entriesAreDistinguishedByTheirKind() {
        JsonNode discriminator = document.at("/components/schemas/Entry/discriminator");
        assertThat(discriminator.at("/propertyName").asString()).isEqualTo("kind");
        assertThat(discriminator.at("/mapping/message").asString()).isEqualTo("#/components/schemas/Message");
        assertThat(document.at("/components/schemas").has("Message")).isTrue();
    }

    @Test
    void nullableFieldsAreMarked() {
        assertThat(document.at("/components/schemas/ConversationView/properties/title/type"))
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrder("string", "null");
    }

    @Test
    void answersAreJson() {
        assertThat(document.at("/paths").path("/api/v1/inbox").at("/get/responses/200/content"))
                .hasSize(1);
        assertThat(document.at("/paths")
                        .path("/api/v1/inbox")
                        .at("/get/responses/200/content")
                        .has("application/json"))
                .isTrue();
    }
}
