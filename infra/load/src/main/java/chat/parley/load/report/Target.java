package chat.parley.load.report;

import chat.parley.load.metrics.Percentiles;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What one figure has to be, and what we would like it to be.
 *
 * @param what      in words, with the load
 * @param reports   the runs it is taken from
 * @param measured  the figure, where there are such runs
 * @param isLatency whether the machine's own disk has to be told beside it
 * @param elsewhere what another server was seen to do on such a machine
 */
record Target(
        String what,
        List<String> reports,
        Function<Measurements, OptionalDouble> measured,
        boolean isLatency,
        Bound bound,
        String elsewhere) {
    private static final double PERCENT = 100;

    /** @param unit follows the figure, with its space */
    record Bound(boolean moreIsBetter, double must, double goal, String unit) {
        static Bound atLeast(double must, double goal, String unit) {
            return new Bound(true, must, goal, unit);
        }

        static Bound atMost(double must, double goal, String unit) {
            return new Bound(false, must, goal, unit);
        }

        String reached(double figure) {
            return holds(figure, goal) ? "goal" : holds(figure, must) ? "must" : "no";
        }

        private boolean holds(double figure, double bound) {
            return moreIsBetter ? figure >= bound : figure <= bound;
        }

        String text(double figure) {
            return NumberFormat.text(figure) + unit;
        }
    }

    /** A figure of one run. */
    static Target figure(String what, String report, String figure, Bound bound, String elsewhere) {
        return new Target(
                what, List.of(report), runs -> runs.reports().figure(report, figure), false, bound, elsewhere);
    }

    /** A percentile of one run, in milliseconds. */
    static Target latency(
            String what,
            String report,
            String latency,
            ToDoubleFunction<Percentiles> percentile,
            Bound bound,
            String elsewhere) {
        return new Target(
                what,
                List.of(report),
                runs -> runs.reports().millis(report, latency, percentile),
                true,
                bound,
                elsewhere);
    }

    /** The time of one operation that JMH measured. */
    static Target benchmark(String what, String name, Bound bound) {
        return new Target(
                what,
                List.of(),
                runs -> runs.sum(name)
                        .map(SourcedValue::value)
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty()),
                false,
                bound,
                "");
    }

    /** By how many per cent a figure of one run is below the same figure of another. */
    static Target loss(String what, String report, String ofReport, String figure, Bound bound) {
        Target share = share(what, report, ofReport, figure, bound);
        return new Target(
                what,
                share.reports,
                runs -> {
                    OptionalDouble left = share.measured.apply(runs);
                    return left.isPresent() ? OptionalDouble.of(PERCENT - left.getAsDouble()) : left;
                },
                false,
                bound,
                "");
    }

    /** A figure of one run as per cent of the same figure of another. */
    static Target share(String what, String report, String ofReport, String figure, Bound bound) {
        return new Target(
                what,
                List.of(report, ofReport),
                runs -> {
                    OptionalDouble part = runs.reports().figure(report, figure);
                    OptionalDouble whole = runs.reports().figure(ofReport, figure);
                    return part.isPresent() && whole.isPresent()
                            ? OptionalDouble.of(PERCENT * part.getAsDouble() / whole.getAsDouble())
                            : OptionalDouble.empty();
                },
                false,
                bound,
                "");
    }
}
