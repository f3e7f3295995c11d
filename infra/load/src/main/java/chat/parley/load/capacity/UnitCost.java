package chat.parley.load.capacity;

import chat.parley.load.report.Measurements;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A unit of work or data that costs something. Sizes are those of a message of {@value #TEXT_BYTES} bytes of text. */
enum UnitCost {
    MESSAGE_CPU,
    DELIVERY_CPU,
    COMMAND_CPU,
    PROJECTION_CPU,
    FOREIGN_MESSAGE_CPU,
    FOREIGN_READ_MARK_CPU,
    SESSION_CPU,
    READ_CPU,
    SESSION_BYTES,
    SOCKET_BYTES,
    EVENT_BYTES,
    READ_MARK_BYTES,
    SENT_EVENT_BYTES,
    SENT_READ_MARK_BYTES,
    ENTRY_BYTES,
    FRAME_BYTES,
    INDEX_BYTES,
    STORE_APPENDS,
    CONTEXT_APPENDS;

    static final int TEXT_BYTES = 200;

    private static final Map<UnitCost, Source> SOURCES = sources();

    /**
     * @param measured false for an assumption
     * @param source   the run, or the reason for the assumption
     */
    record Cost(double value, boolean measured, String source) {}

    /** @param figures of the report, whose sum is the cost; absent if no run measures it */
    private record Source(
            String label,
            String unit,
            double assumed,
            String reason,
            @Nullable String report,
            @Nullable List<String> figures) {}

    private static Map<UnitCost, Source> sources() {
        try (InputStream json = Objects.requireNonNull(UnitCost.class.getResourceAsStream("unit-costs.json"))) {
            return JsonMapper.shared().readValue(json, new TypeReference<EnumMap<UnitCost, Source>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Source source() {
        return Objects.requireNonNull(SOURCES.get(this));
    }

    String label() {
        return source().label;
    }

    String unit() {
        return source().unit;
    }

    /** As measured; as assumed if a figure is missing or a check failed. */
    Cost in(Measurements measurements) {
        Source source = source();
        Cost assumed = new Cost(source.assumed, false, source.reason);
        if (source.report == null || source.figures == null || !measurements.passed(source.report)) {
            return assumed;
        }
        double sum = 0;
        for (String figure : source.figures) {
            OptionalDouble value = measurements.value(source.report, figure);
            if (value.isEmpty()) {
                return assumed;
            }
            sum += value.getAsDouble();
        }
        return new Cost(sum, true, source.report + ": " + String.join(" + ", source.figures));
    }
}
