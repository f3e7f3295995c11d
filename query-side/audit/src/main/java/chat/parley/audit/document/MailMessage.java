package chat.parley.audit.document;

import chat.parley.api.account.UserId;
import chat.parley.audit.transcript.Names.Name;
import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A MIME message. Contents are read from files while it is written. Nothing in a header can begin another line: control
 * characters and line separators become spaces.
 */
final class MailMessage {
    /** Accounts need no mail address, and nobody has one in this domain (RFC 2606). */
    private static final String DOMAIN = "@parley.invalid";

    private static final Pattern NOT_IN_A_LINE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
    /** In small letters, because Relativity's reader of RSMF files decodes no other encoded words (RFC 2047) of a header. */
    private static final String UTF_8 = "utf-8";

    private static final String BASE64 = "b";

    private final WithId message;
    private final MimeMultipart parts;

    /** @param kind the subtype of {@code multipart} */
    MailMessage(String id, String kind, Instant sent, String subject) throws IOException {
        message = new WithId("<" + id + DOMAIN + ">");
        parts = new MimeMultipart(kind);
        doing(() -> {
            message.setSentDate(Date.from(sent));
            message.setHeader("Subject", encoded("Subject", subject));
        });
    }

    /** Keeps its id, which would otherwise be made anew from the machine's name. */
    private static final class WithId extends MimeMessage {
        private final String id;

        WithId(String id) {
            super((Session) null);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    private interface Action {
        void run() throws MessagingException, IOException;
    }

    /** Nothing is sent, so that the library fails only if the disk does. */
    private static void doing(Action action) throws IOException {
        try {
            action.run();
        } catch (MessagingException failed) {
            throw new IOException("A mail could not be written", failed);
        }
    }

    static String oneLine(String text) {
        return NOT_IN_A_LINE.matcher(text).replaceAll(" ");
    }

    void people(UserId from, Collection<UserId> to, Map<UserId, Name> names) throws IOException {
        doing(() -> {
            message.setFrom(address(from, names));
            InternetAddress[] addresses = new InternetAddress[to.size()];
            int i = 0;
            for (UserId user : to) {
                addresses[i] = address(user, names);
                i++;
            }
            message.setRecipients(RecipientType.TO, addresses);
        });
    }

    private static InternetAddress address(UserId user, Map<UserId, Name> names)
            throws UnsupportedEncodingException, AddressException {
        @Nullable Name name = names.get(user);
        String shown = oneLine(name == null ? user.value() : name.shown(user));
        String encoded = MimeUtility.encodeWord(shown, UTF_8, BASE64);
        // A name that needs no encoding may need quotes.
        return encoded.equals(shown)
                ? new InternetAddress(user + DOMAIN, shown)
                : new InternetAddress(encoded + " <" + user + DOMAIN + ">");
    }

    void header(String name, String value) throws IOException {
        doing(() -> message.setHeader(name, encoded(name, value)));
    }

    private static String encoded(String name, String value) throws UnsupportedEncodingException {
        return MimeUtility.fold(name.length() + 2, MimeUtility.encodeText(oneLine(value), UTF_8, BASE64));
    }

    /** Adds a part. */
    void part(Path file, String contentType) throws IOException {
        doing(() -> parts.addBodyPart(base64(file, contentType)));
    }

    void attachment(Path file, String contentType, String name) throws IOException {
        doing(() -> {
            MimeBodyPart part = base64(file, contentType);
            part.setFileName(name);
            part.setDisposition(MimeBodyPart.ATTACHMENT);
            parts.addBodyPart(part);
        });
    }

    private static MimeBodyPart base64(Path file, String contentType) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new FileDataSource(file.toFile()) {
            @Override
            public String getContentType() {
                return contentType;
            }
        }));
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    void writeTo(OutputStream out) throws IOException {
        doing(() -> {
            message.setContent(parts);
            message.saveChanges();
            message.writeTo(out);
        });
    }
}
