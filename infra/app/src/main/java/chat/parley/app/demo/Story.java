package chat.parley.app.demo;

import chat.parley.api.account.SystemRole;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

/** The people of the demonstration and what they write to each other. */
record Story(List<Person> people, List<Talk> talks) {
    private static final String FILE = "demo/story.json";

    /** @param roles empty for most */
    record Person(String username, String displayName, List<SystemRole> roles) {}

    /**
     * A conversation.
     *
     * @param name names the conversation and its messages in their ids
     * @param title none in a direct conversation
     * @param by who starts it
     * @param with the other members; exactly one in a direct conversation
     * @param readBy who has read everything
     */
    record Talk(
            String name, @Nullable String title, String by, List<String> with, List<Step> steps, List<String> readBy) {}

    /** What one person does. Messages are named by {@code as}, so that later steps can refer to them. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    @JsonSubTypes({
        @JsonSubTypes.Type(Say.class),
        @JsonSubTypes.Type(Edit.class),
        @JsonSubTypes.Type(Retract.class),
        @JsonSubTypes.Type(React.class),
        @JsonSubTypes.Type(Pin.class)
    })
    sealed interface Step {
        String by();
    }

    /** A message. A person whose {@code @username} is in the text is mentioned. */
    record Say(
            String by,
            String says,
            @Nullable String as,
            @Nullable String answers) implements Step {}

    record Edit(String by, String edits, String into) implements Step {}

    record Retract(String by, String retracts) implements Step {}

    record React(String by, String reacts, String to) implements Step {}

    record Pin(String by, String pins) implements Step {}

    static Story read() {
        try (InputStream file = new ClassPathResource(FILE).getInputStream()) {
            return new JsonMapper().readValue(file, Story.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
