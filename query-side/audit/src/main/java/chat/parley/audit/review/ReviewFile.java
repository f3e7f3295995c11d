package chat.parley.audit.review;

import java.io.IOException;

/** Writes a review in one format. */
interface ReviewFile {
    void write(ReviewedAccess access) throws IOException;

    /** After the last access. A file that ends without it is incomplete. */
    void end() throws IOException;
}
