package chat.parley.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "results",
        mixinStandardHelpOptions = true,
        description = "Makes a page of the reports of a set of runs, so that no figure is typed by hand.")
public final class ResultsCommand implements Callable<Integer> {
    @Parameters(index = "0", description = "The directory of the reports, as --report wrote them.")
    private Path reports = Path.of("");

    @Parameters(index = "1", description = "The page to be written, in Markdown.")
    private Path page = Path.of("");

    @Option(names = "--jmh", paramLabel = "FILE", description = "What the benchmarks wrote.")
    private @Nullable Path jmh;

    @Override
    public Integer call() throws IOException {
        Files.write(page, new ResultsPage(Measurements.read(reports, jmh)).page());
        return 0;
    }
}
