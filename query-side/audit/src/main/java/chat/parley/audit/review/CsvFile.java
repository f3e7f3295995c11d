package chat.parley.audit.review;

import chat.parley.web.csv.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;

/** One access a row. The columns are the properties of the JSON. */
final class CsvFile implements ReviewFile {
    private final CsvWriter rows;

    CsvFile(OutputStream out) throws IOException {
        this.rows = new CsvWriter(
                out,
                "index",
                "at",
                "kind",
                "by",
                "action",
                "conversation",
                "person",
                "role",
                "request",
                "reason",
                "address",
                "query",
                "hits",
                "erased",
                "altered");
    }

    @Override
    public void write(ReviewedAccess access) throws IOException {
        rows.row(
                access.index(),
                access.at(),
                access.kind(),
                access.by(),
                access.action(),
                access.conversation(),
                access.person(),
                access.role(),
                access.request(),
                access.reason(),
                access.address(),
                access.query(),
                access.hits(),
                access.erased(),
                access.altered());
    }

    @Override
    public void end() throws IOException {
        rows.flush();
    }
}
