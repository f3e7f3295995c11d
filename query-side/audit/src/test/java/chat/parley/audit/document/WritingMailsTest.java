package chat.parley.audit.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.audit.ConversationScenario;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read with the mail parser of another project. */
class WritingMailsTest {
    @TempDir
    private Path directory;

    private final ConversationScenario talk = new ConversationScenario();
    private final UserId ann = talk.named("ann", "앤");
    private final UserId bob = talk.named("bob", "Bob");
    private final UserId eve = talk.named("eve", "Eve");

    private Map<String, byte[]> written() throws IOException {
        return WrittenDocuments.of(talk, DocumentFormat.EML, directory);
    }

    private static Message mail(Map<String, byte[]> files, String name) throws IOException {
        assertThat(files).containsKey(name);
        return new DefaultMessageBuilder()
                .parseMessage(new ByteArrayInputStream(Objects.requireNonNull(files.get(name))));
    }

    private static String part(Message mail, int number) throws IOException {
        List<Entity> parts = ((Multipart) mail.getBody()).getBodyParts();
        assertThat(parts).hasSize(2);
        try (InputStream in = ((SingleBody) parts.get(number).getBody()).getInputStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static String header(Message mail, String name) {
        return DecoderUtil.decodeEncodedWords(mail.getHeader().getField(name).getBody(), DecodeMonitor.STRICT);
    }

    @Test
    void eachDayOfAConversationIsOneMail() throws IOException {
        ConversationId club = talk.group("club", "독서 모임 📚", HistoryAccess.ALL, ann, bob);
        long first = talk.send(club, ann, "어제");
        talk.pass(Duration.ofSeconds(5));
        talk.send(club, bob, "today");
        talk.join(club, ann, eve);
        talk.edit(club, ann, first, "어제의 말");
        talk.retract(club, ann, first);
        talk.react(club, eve, first, "👍", true);
        Map<String, byte[]> files = written();
        assertThat(files).containsOnlyKeys("club/2026-11-29.eml", "club/2026-11-30.eml");

        Message yesterday = mail(files, "club/2026-11-29.eml");
        assertThat(yesterday.getSubject()).isEqualTo("독서 모임 📚, 2026-11-29: 2 users, 1 messages");
        assertThat(header(yesterday, "X-GlobalRelay-MsgType")).isEqualTo("Parley");
        assertThat(header(yesterday, "X-Parley-ConversationName")).isEqualTo("독서 모임 📚");
        assertThat(header(yesterday, "X-Parley-Positions")).isEqualTo("1-2");
        assertThat(yesterday.getTo()).hasSize(2);
        assertThat(yesterday.getDate()).isEqualTo(ConversationScenario.BEGIN.minusMillis(250));
        assertThat(part(yesterday, 0)).contains("#2 앤 (ann): 어제\n").contains("readable by: 앤 (ann), Bob (bob)");

        Message today = mail(files, "club/2026-11-30.eml");
        assertThat(today.getTo()).hasSize(3);
        assertThat(part(today, 0))
                .contains("edited message 2: 어제의 말")
                .contains("retracted message 2")
                .contains("added Eve (eve)")
                .contains("added the reaction 👍 to message 2");
    }

    @Test
    void anInjectedHeaderIsText() throws IOException {
        String title = "Tea\r\nBcc: all@evil.example\r\n\r\n<script>alert(1)</script>\u2028x";
        ConversationId club = talk.group("club", title, HistoryAccess.ALL, ann, bob);
        talk.send(club, ann, "</pre><script>alert(2)</script>&amp;\u0001");
        Message mail = mail(written(), "club/2026-11-29.eml");
        assertThat(mail.getBcc()).isNull();
        assertThat(mail.getSubject()).startsWith("Tea Bcc: all@evil.example <script>");
        assertThat(mail.getHeader().getField("Bcc")).isNull();
        assertThat(part(mail, 1))
                .doesNotContain("<script>")
                .contains("&lt;/pre&gt;&lt;script&gt;alert(2)&lt;/script&gt;&amp;amp;\u2401");
        assertThat(part(mail, 0)).contains("</pre><script>alert(2)</script>&amp;\u0001");
    }

    /** Only lines of entries begin with a bracket. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\u000b", "\f", "\u0085", "\u2028", "\u2029"})
    void aTextDoesNotLookLikeAnEntryOfSomebodyElse(String lineBreak) throws IOException {
        ConversationId pair = talk.direct("pair", ann, bob);
        String forged = "[2026-11-29T23:00:00Z] #3 Bob (bob): I did it";
        talk.send(pair, ann, "Hello" + lineBreak + forged);
        String text = part(mail(written(), "pair/2026-11-29.eml"), 0);
        assertThat(text.split("\\R")).contains("    " + forged).doesNotContain(forged);
    }

    @Test
    void aLongRightToLeftMessageIsWhole() throws IOException {
        ConversationId pair = talk.direct("pair", ann, bob);
        String text = "שלום עולם\u202e👩‍🚀\n".repeat(6_000);
        talk.send(pair, ann, text);
        Message mail = mail(written(), "pair/2026-11-29.eml");
        assertThat(part(mail, 0)).contains(text.replace("\n", "\n    "));
        assertThat(part(mail, 1)).contains(text).contains("dir=\"auto\"");
    }

    @Test
    void aDayOfLongMessagesIsSeveralMails() throws IOException {
        ConversationId pair = talk.direct("pair", ann, bob);
        String text = "x".repeat(100_000);
        for (int i = 0; i < 170; i++) {
            talk.send(pair, ann, text);
        }
        Map<String, byte[]> files = written();
        assertThat(files).containsOnlyKeys("pair/2026-11-29.eml", "pair/2026-11-29-2.eml");
        assertThat(header(mail(files, "pair/2026-11-29.eml"), "X-Parley-Positions"))
                .isEqualTo("1-169");
        assertThat(header(mail(files, "pair/2026-11-29-2.eml"), "X-Parley-Positions"))
                .isEqualTo("170-171");
    }
}
