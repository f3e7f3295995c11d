package chat.parley.query.http.conversation;

import chat.parley.wire.Entry;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Maps each kind of {@link Entry} to its schema in the OpenAPI document. Client generators need the mapping, and
 * springdoc does not read it from Jackson's annotation.
 */
public final class EntrySchemaCustomizer implements GlobalOpenApiCustomizer {
    @Override
    public void customise(OpenAPI document) {
        Schema<?> entry = document.getComponents().getSchemas().get(Entry.class.getSimpleName());
        JsonSubTypes kinds = Objects.requireNonNull(Entry.class.getAnnotation(JsonSubTypes.class));
        if (entry != null && entry.getDiscriminator() != null) {
            Arrays.stream(kinds.value())
                    .forEach(kind -> entry.getDiscriminator()
                            .mapping(
                                    kind.name(),
                                    "#/components/schemas/" + kind.value().getSimpleName()));
        }
    }
}
