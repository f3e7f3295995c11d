package chat.parley.audit.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.account.UserId;
import chat.parley.audit.transcript.TranscriptEntry;
import chat.parley.wire.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;

/** Entries as an HTML page with a table of the participants. The direction of each text follows its first letter. */
final class HtmlPage implements Closeable {
    private static final int FIRST_SYMBOL = 0x2400;

    private final OutputStream out;
    private final EntryText texts;
    private List<UserId> readers = List.of();

    HtmlPage(OutputStream out, EntryText texts) {
        this.out = out;
        this.texts = texts;
    }

    void begin(String title, Collection<UserId> participants) throws IOException {
        write("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + escaped(title)
                + "</title><style>pre{white-space:pre-wrap;margin:0}</style></head><body>\n<h1 dir=\"auto\">"
                + escaped(title) + "</h1>\n<table><tr><th>Participant</th><th>Id</th></tr>\n");
        for (UserId user : participants) {
            write("<tr><td dir=\"auto\">" + escaped(texts.person(user)) + "</td><td>" + user + "</td></tr>\n");
        }
        write("</table>\n<dl>\n");
    }

    void add(TranscriptEntry written) throws IOException {
        Entry entry = written.entry();
        if (!written.readers().equals(readers)) {
            readers = written.readers();
            write("<dt>Readable by: " + escaped(readers.isEmpty() ? "nobody" : texts.people(readers)) + "</dt>\n");
        }
        write("<dt id=\"" + entry.position() + "\">" + entry.at() + " #" + entry.position() + " <b dir=\"auto\">"
                + escaped(texts.person(entry.sender())) + "</b></dt><dd><pre dir=\"auto\">"
                + escaped(texts.of(entry)) + "</pre></dd>\n");
    }

    private void write(String html) throws IOException {
        out.write(html.getBytes(UTF_8));
    }

    /** Control characters, which HTML forbids, become their pictures. */
    private static String escaped(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\t', '\n' -> html.append(c);
                case '\r' -> html.append("&#13;");
                default -> html.append(c < ' ' ? (char) (FIRST_SYMBOL + c) : c);
            }
        }
        return html.toString();
    }

    @Override
    public void close() throws IOException {
        write("</dl>\n</body></html>\n");
        out.close();
    }
}
