package chat.parley.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Exports events as an archive that proves itself. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Exports events as an archive that `parley verify` verifies offline. Needs the role auditor.")
final class ExportCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long MEGABYTE = 1024L * 1024;

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded for good.")
    private String reason = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The archive to write.")
    private Path output = Path.of("export.zip");

    @Option(
            names = "--select",
            paramLabel = "NAME=VALUE",
            description = "A condition of the audit side, such as conversation=…, user=…, type=MessageSent,"
                    + " from=2026-01-01T00:00:00Z, to=…, format=…; may be repeated.")
    private Map<String, String> conditions = Map.of();

    /** The archive appears under its name only when it is whole. */
    @Override
    public Integer call() throws IOException, InterruptedException, RefusedByServer {
        Map<String, String> parameters = new LinkedHashMap<>(conditions);
        parameters.put("reason", reason);
        Path part = output.resolveSibling(output.getFileName() + ".part");
        CommandLine commands = Objects.requireNonNull(command).commandLine();
        Progress progress = Progress.on(commands.getErr());
        try (InputStream archive = server.asCaller().stream("/audit/export" + Server.query(parameters), "*/*");
                OutputStream file = Files.newOutputStream(part)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long written = 0;
            for (int read = archive.read(buffer); read >= 0; read = archive.read(buffer)) {
                file.write(buffer, 0, read);
                written += read;
                progress.show(written / MEGABYTE + " MB");
            }
        } catch (IOException broken) {
            Files.deleteIfExists(part);
            throw broken;
        } finally {
            progress.end();
        }
        Files.move(part, output, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        commands.getOut().println(output);
        return ExitCodes.DONE;
    }
}
