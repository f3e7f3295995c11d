package chat.parley.eventstore.serialization;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How messages and stored events are JSON. What is stored stays readable forever, so every setting that shapes it is
 * said here, also where it is Jackson's default today; the golden files hold all of it in place.
 */
public final class EventSerialization implements Jackson3SerializerCustomizer {
    @Override
    public void accept(JsonMapper.Builder mapper) {
        mapper.disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                // An event of a newer version may say more than this one knows.
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // A number that an old event does not have is the work of an upcaster, not silently 0.
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL));
    }
}
