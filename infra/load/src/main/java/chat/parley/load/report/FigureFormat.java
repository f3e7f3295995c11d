package chat.parley.load.report;

import java.util.Locale;

/** Figures with three significant digits. */
public final class FigureFormat {
    private static final double NO_DECIMALS_FROM = 100;
    private static final double ONE_DECIMAL_FROM = 10;

    private FigureFormat() {}

    public static String text(double figure) {
        int decimals =
                figure == Math.rint(figure) || figure >= NO_DECIMALS_FROM ? 0 : figure >= ONE_DECIMAL_FROM ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", figure);
    }
}
