package chat.parley.audit.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.audit.ConversationScenario;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Titles and names longer than the rules allow, of many people, break no limit of mails and of names in zip files. */
class WritingLongNamesTest {
    /** RFC 5322, section 2.1.1, in bytes and without the line's end. */
    private static final int LONGEST_LINE = 998;

    /** Of a part of a path, in bytes; of common file systems. */
    private static final int LONGEST_FILE_NAME = 255;

    private static final int PEOPLE = 150;
    private static final String LONGEST_ID = "g".repeat(64);

    @TempDir
    private Path directory;

    private final ConversationScenario talk = new ConversationScenario();

    static Stream<String> longNames() {
        return Stream.of("x", "독", "📚", "한 글 ", "\"a,b\" <c>; ", "e\u0301", "\u202eשלום")
                .map(unit -> unit.repeat(500 / unit.length()).strip());
    }

    static Stream<Arguments> longNamesInMails() {
        return longNames()
                .flatMap(name ->
                        Stream.of(DocumentFormat.EML, DocumentFormat.RSMF).map(format -> Arguments.of(format, name)));
    }

    /** A group of many people, all of the same name as its title. */
    private Map<String, byte[]> written(DocumentFormat format, String name) throws IOException {
        UserId[] people = IntStream.range(0, PEOPLE)
                .mapToObj(i -> talk.named("user-" + i, name))
                .toArray(UserId[]::new);
        ConversationId group =
                talk.group(LONGEST_ID, name, HistoryAccess.ALL, people[0], Arrays.copyOfRange(people, 1, PEOPLE));
        talk.send(group, people[1], "Hello");
        Map<String, byte[]> files = WrittenDocuments.of(talk, format, directory);
        files.keySet()
                .forEach(path -> assertThat(path.split("/"))
                        .allSatisfy(part ->
                                assertThat(part).matches("[A-Za-z0-9._-]+").hasSizeLessThan(LONGEST_FILE_NAME)));
        return files;
    }

    @ParameterizedTest
    @MethodSource("longNamesInMails")
    void mailsHaveNoLineThatIsTooLong(DocumentFormat format, String name) throws IOException {
        byte[] mail = written(format, name).values().iterator().next();
        assertThat(new String(mail, ISO_8859_1).split("\r\n"))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(LONGEST_LINE));
        DefaultMessageBuilder parser = new DefaultMessageBuilder();
        parser.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        Message message = parser.parseMessage(new ByteArrayInputStream(mail));
        assertThat(message.getSubject()).startsWith(name);
        assertThat(message.getTo().flatten())
                .hasSize(PEOPLE)
                .extracting(Mailbox::getName)
                .allMatch(name::equals);
    }

    @ParameterizedTest
    @MethodSource("longNames")
    void slackFilesHaveThemWhole(String name) throws IOException {
        Map<String, byte[]> files = written(DocumentFormat.SLACK, name);
        JsonNode users = JsonMapper.shared().readTree(new String(files.getOrDefault("users.json", new byte[0]), UTF_8));
        assertThat(users.values())
                .hasSize(PEOPLE)
                .allMatch(user -> user.get("real_name").stringValue().equals(name));
    }
}
