package chat.parley.verify.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** The file of a witness's signing key. */
final class KeyFile {
    private KeyFile() {}

    static SigningKey read(Path file) throws IOException {
        return SigningKey.parse(Files.readString(file).strip());
    }

    /** Writes a new key into a new file that only its owner can read. */
    static SigningKey create(Path file, String name) throws IOException {
        SigningKey key = SigningKey.generate(name, SignatureType.ED25519_COSIGNATURE, new SecureRandom());
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            ByteBuffer text = ByteBuffer.wrap((key.secretText() + "\n").getBytes(UTF_8));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        return key;
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
