package chat.parley.web.openapi;

import chat.parley.api.KebabCase;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.Settings.ContactRequests;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactState;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.search.SavedSearchId;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The OpenAPI document of all REST endpoints, at {@code /v3/api-docs} and as a page at {@code /swagger-ui.html}. The
 * answers of an endpoint are derived from the code, and its refusals from {@link chat.parley.api.Refuses}.
 */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {
    static final String BEARER = "bearer";

    static {
        // Ids and enums are strings in JSON, which springdoc cannot derive from their classes.
        SpringDocUtils shapes = SpringDocUtils.getConfig();
        Stream.of(
                        UserId.class,
                        ConversationId.class,
                        DeviceId.class,
                        LoginSessionId.class,
                        ClientMessageId.class,
                        SavedSearchId.class)
                .forEach(id -> shapes.replaceWithSchema(id, new StringSchema().pattern("[A-Za-z0-9_-]{1,64}")));
        Stream.of(
                        ConversationKind.class,
                        MemberRole.class,
                        HistoryAccess.class,
                        SystemRole.class,
                        ContactState.class,
                        ContactRequests.class)
                .forEach(type -> shapes.replaceWithSchema(type, kebab(type)));
    }

    private static StringSchema kebab(Class<? extends Enum<?>> type) {
        StringSchema schema = new StringSchema();
        Arrays.stream(type.getEnumConstants()).map(KebabCase::of).forEach(schema::addEnumItem);
        return schema;
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Parley")
                        .version("v1")
                        .description("Chat: accounts, conversations, history and synchronisation. Live delivery goes"
                                + " over the WebSocket, described by [its own document](/asyncapi.yaml). Every refusal"
                                + " is an RFC 9457 problem whose `code` never changes.")
                        .license(new License()
                                .name("Apache-2.0")
                                .identifier("Apache-2.0")
                                .url("https://www.apache.org/licenses/LICENSE-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")
                                        .description("The `accessToken` of `POST /api/v1/sessions`"))
                        .addSchemas(ProblemResponses.SCHEMA, ProblemResponses.schema()))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    @Bean
    GlobalOperationCustomizer problemResponses() {
        return new ProblemResponses();
    }
}
