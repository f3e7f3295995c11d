package chat.parley.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Orders an export, follows it to its end and downloads the archive. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Exports events as an archive that `parley verify` verifies offline, and shows the progress. Needs the"
                        + " role auditor. The server's copy is deleted once the archive is here. Exit code 1: the server gave the"
                        + " export up.")
final class ExportCommand implements Callable<Integer> {
    private static final String EXPORTS = "/audit/exports";
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long MEGABYTE = 1024L * 1024;
    private static final double WHOLE = 100;

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @ArgGroup(multiplicity = "1")
    private Action action = new Action();

    /** Orders an export for a reason, or picks one up. */
    static final class Action {
        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded for good.")
        private @Nullable String reason;

        @Option(
                names = "--id",
                required = true,
                paramLabel = "ID",
                description = "Only picks up an export that was ordered before.")
        private @Nullable String id;
    }

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The archive to write.")
    private Path output = Path.of("export.zip");

    @Option(
            names = "--select",
            paramLabel = "NAME=VALUE",
            description =
                    "A condition of the audit side, such as conversation=…, user=…, type=MessageSent,MessageEdited,"
                            + " from=2026-01-01T00:00:00Z, to=…, format=…; may be repeated.")
    private Map<String, String> conditions = Map.of();

    @Override
    public Integer call() throws IOException, InterruptedException, RefusedByServer {
        CommandLine commands = Objects.requireNonNull(command).commandLine();
        PrintWriter err = commands.getErr();
        Server asked = server.asCaller();
        String id = action.id == null ? ordered(asked) : action.id;
        String export = EXPORTS + "/" + Server.segment(id);
        if (action.id == null) {
            err.println("Export " + id + "; if this is interrupted, continue with --id " + id);
        }
        JsonNode report;
        do {
            report = new Followed(asked, export).toTheEnd(err);
        } while (report.path("state").asString("").equals("running"));
        if (!report.path("state").asString("").equals("done")) {
            commands.getOut()
                    .println("The export has no archive: "
                            + report.path("failure")
                                    .asString(report.path("state").asString("unknown")));
            return ExitCodes.FOUND;
        }
        download(asked, export, report.path("bytes").asLong(), Progress.on(err));
        asked.call("DELETE", export);
        commands.getOut().println(output);
        return ExitCodes.DONE;
    }

    private String ordered(Server asked) throws IOException, InterruptedException, RefusedByServer {
        Map<String, Object> order = new LinkedHashMap<>(conditions);
        order.computeIfPresent("type", (name, types) -> List.of(types.toString().split(",", -1)));
        order.put("reason", Objects.requireNonNull(action.reason));
        return asked.call("POST", EXPORTS, order).path("id").asString("");
    }

    /** The archive appears under its name only when it is whole. */
    private void download(Server asked, String export, long bytes, Progress progress)
            throws IOException, InterruptedException, RefusedByServer {
        Path part = output.resolveSibling(output.getFileName() + ".part");
        try (InputStream archive = asked.stream(export + "/archive", "*/*");
                OutputStream file = Files.newOutputStream(part)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long written = 0;
            for (int read = archive.read(buffer); read >= 0; read = archive.read(buffer)) {
                file.write(buffer, 0, read);
                written += read;
                progress.show(WHOLE * written / bytes, written / MEGABYTE + " MB");
            }
        } catch (IOException broken) {
            Files.deleteIfExists(part);
            throw broken;
        } finally {
            progress.end();
        }
        Files.move(part, output, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
