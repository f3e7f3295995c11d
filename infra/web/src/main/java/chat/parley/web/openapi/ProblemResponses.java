package chat.parley.web.openapi;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/**
 * Adds the refusals of each operation to the document, by status and with their codes. An answer without a media type
 * is JSON.
 */
final class ProblemResponses implements GlobalOperationCustomizer {
    static final String SCHEMA = "Problem";

    private static final String MEDIA_TYPE = "application/problem+json";

    /** Refusals of every operation. */
    private static final Set<Refusal> ALWAYS =
            EnumSet.of(Refusal.RATE_LIMITED, Refusal.RETRY_LATER, Refusal.INTERNAL_ERROR);

    /** Refusals of every operation that needs a token. */
    private static final Set<Refusal> WITH_TOKEN =
            EnumSet.of(Refusal.UNAUTHENTICATED, Refusal.TOKEN_INVALID, Refusal.TOKEN_EXPIRED);

    /** Refusals of every operation that takes a body. */
    private static final Set<Refusal> WITH_BODY = EnumSet.of(
            Refusal.MALFORMED_JSON,
            Refusal.INVALID_PARAMETER,
            Refusal.PAYLOAD_TOO_LARGE,
            Refusal.UNSUPPORTED_MEDIA_TYPE);

    static Schema<?> schema() {
        ObjectSchema problem = new ObjectSchema();
        problem.setDescription("The reason of the refusal (RFC 9457)");
        problem.addProperty("type", new StringSchema().format("uri"));
        problem.addProperty("title", new StringSchema());
        problem.addProperty("status", new IntegerSchema());
        problem.addProperty("detail", new StringSchema());
        problem.addProperty("code", codes());
        problem.addProperty("retryAfterMs", new IntegerSchema().format("int64"));
        problem.setRequired(List.of("type", "title", "status", "detail", "code"));
        return problem;
    }

    private static StringSchema codes() {
        StringSchema codes = new StringSchema();
        Arrays.stream(Refusal.values()).map(Refusal::code).sorted().forEach(codes::addEnumItem);
        return codes;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        ApiResponses responses = operation.getResponses() == null ? new ApiResponses() : operation.getResponses();
        refusals(operation, handler).stream()
                .collect(Collectors.groupingBy(Refusal::status, TreeMap::new, Collectors.toList()))
                .forEach((status, refusals) ->
                        responses.computeIfAbsent(String.valueOf(status), absent -> response(refusals)));
        responses.values().forEach(ProblemResponses::nameTheMediaType);
        return operation.responses(responses);
    }

    /** An answer for which no method names a media type is JSON. */
    private static void nameTheMediaType(ApiResponse response) {
        Content content = response.getContent();
        MediaType any = content == null ? null : content.remove("*/*");
        if (any != null) {
            content.addMediaType("application/json", any);
        }
    }

    private static Set<Refusal> refusals(Operation operation, HandlerMethod handler) {
        Set<Refusal> refusals = EnumSet.copyOf(ALWAYS);
        // springdoc marks an operation without a token by an empty list of requirements.
        if (!handler.hasMethodAnnotation(SecurityRequirements.class)) {
            refusals.addAll(WITH_TOKEN);
        }
        if (operation.getRequestBody() != null) {
            refusals.addAll(WITH_BODY);
        }
        Refuses declared = handler.getMethodAnnotation(Refuses.class);
        if (declared != null) {
            refusals.addAll(List.of(declared.value()));
        }
        return refusals;
    }

    private static ApiResponse response(List<Refusal> refusals) {
        return new ApiResponse()
                .description(refusals.stream()
                        .map(refusal -> "`" + refusal.code() + "`: " + refusal.title())
                        .collect(Collectors.joining("\n\n")))
                .content(new Content()
                        .addMediaType(
                                MEDIA_TYPE,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + SCHEMA))));
    }
}
