package chat.parley.audit.document;

import chat.parley.audit.background.Background;
import chat.parley.audit.transcript.Names;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where documents are written.
 *
 * @param zip        the documents
 * @param background writes finished mails into the zip
 * @param directory  for temporary files
 */
record DocumentTarget(ZipOutputStream zip, Background background, Path directory, Names names) {
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Whoever writes JSON into a file with other content must be able to go on. */
    private static final ObjectWriter JSON = JsonMapper.shared().writer().without(StreamWriteFeature.AUTO_CLOSE_TARGET);

    /** Begins an entry. Ids are letters, digits, hyphens and underscores, so that no name leads out of a directory. */
    void begin(String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
    }

    void end() throws IOException {
        zip.closeEntry();
    }

    /**
     * Writes a mail whose parts are complete, while the caller goes on.
     *
     * @param parts the files of the mail, which are deleted
     */
    void write(String name, MailMessage mail, List<Path> parts) throws IOException {
        background.run(() -> {
            begin(name);
            mail.writeTo(zip);
            end();
            for (Path part : parts) {
                Files.delete(part);
            }
        });
    }

    static JsonGenerator json(OutputStream out) {
        return JSON.createGenerator(out);
    }

    /** Closes the file with the generator. */
    static JsonGenerator closing(OutputStream out) {
        return JsonMapper.shared().createGenerator(out);
    }

    Path temporaryFile(String name) throws IOException {
        return Files.createTempFile(directory, name, ".part");
    }

    static OutputStream buffered(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
    }
}
