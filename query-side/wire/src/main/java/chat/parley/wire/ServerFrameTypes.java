package chat.parley.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of the types that {@link ServerFrame} lists. */
final class ServerFrameTypes {
    static final Set<String> KNOWN = Arrays.stream(
                    Objects.requireNonNull(ServerFrame.class.getAnnotation(JsonSubTypes.class))
                            .value())
            .map(JsonSubTypes.Type::name)
            .collect(Collectors.toUnmodifiableSet());

    private ServerFrameTypes() {}
}
