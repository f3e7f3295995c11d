package chat.parley.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;

/** Hashes an entry's content while it is read. Closing it does not close the archive. */
final class HashingInputStream extends DigestInputStream {
    HashingInputStream(InputStream in) {
        super(in, ArchiveWriter.sha256());
    }

    /** All of the content, which must not be larger than this. */
    byte[] readAllBytes(int most, String name) throws IOException, VerificationException {
        byte[] content = readNBytes(most);
        if (read() >= 0) {
            throw new VerificationException(
                    Finding.ENTRY_UNEXPECTED, "The entry " + name + " is larger than it may be.");
        }
        return content;
    }

    /** The hash of the whole content; reads what is left of it. */
    byte[] sha256() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return getMessageDigest().digest();
    }

    @Override
    public void close() {
        // The archive stays open for its next entry.
    }
}
