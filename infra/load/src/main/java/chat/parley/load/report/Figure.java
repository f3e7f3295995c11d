package chat.parley.load.report;

/**
 * A number and where it is from.
 *
 * @param measured false for one that somebody believes
 * @param source   the run that measured it, or the reason to believe it
 */
public record Figure(double value, boolean measured, String source) {
    Figure plus(Figure other) {
        return new Figure(value + other.value, measured && other.measured, source + ", " + other.source);
    }

    Figure times(double factor) {
        return new Figure(value * factor, measured, source);
    }
}
