package chat.parley.load.report;

/**
 * A number and where it is from.
 *
 * @param measured false for one that somebody believes
 * @param source   the run that measured it, or the reason to believe it
 */
public record SourcedValue(double value, boolean measured, String source) {
    SourcedValue plus(SourcedValue other) {
        return new SourcedValue(value + other.value, measured && other.measured, source + ", " + other.source);
    }

    SourcedValue times(double factor) {
        return new SourcedValue(value * factor, measured, source);
    }
}
