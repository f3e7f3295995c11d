package chat.parley.load.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "results",
        mixinStandardHelpOptions = true,
        description = "Writes the generated section of a results page from the reports of a set of runs.")
public final class ResultsCommand implements Callable<Integer> {
    @Parameters(index = "0", description = "The directory of the reports that --report wrote.")
    private Path reports = Path.of("");

    @Parameters(index = "1", description = "The page, in Markdown; only its generated section changes.")
    private Path page = Path.of("");

    @Option(names = "--jmh", paramLabel = "FILE", description = "The results of the benchmarks.")
    private @Nullable Path jmh;

    @Override
    public Integer call() throws IOException {
        new ResultsPage(Measurements.read(reports, jmh)).section().writeTo(page);
        return 0;
    }
}
