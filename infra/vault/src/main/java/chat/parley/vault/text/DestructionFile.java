package chat.parley.vault.text;

import static java.nio.charset.StandardCharsets.US_ASCII;

import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.process.PrivateFiles;
import chat.parley.api.process.StartupFailure;
import chat.parley.vault.text.Destruction.OfAuthor;
import chat.parley.vault.text.Destruction.OfDays;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copy of all destructions, apart from the databases: whoever restores an older vault does not restore this file. Each
 * line is {@code author}, a space and the author's id, or {@code conversation}, the conversation's id and the first day
 * whose key was kept. Repeated lines change nothing.
 */
final class DestructionFile {
    private static final String AUTHOR = "author";
    private static final String CONVERSATION = "conversation";

    private final Path file;

    DestructionFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /**
     * All destructions, of each conversation the one of the latest day. The file is created if it is missing, and
     * rewritten if its last line was cut off by a crash or most lines are repeated.
     *
     * @throws StartupFailure if the file cannot be read or written, or has a line that is none
     */
    Collection<Destruction> open() {
        try {
            Path directory = file.getParent();
            if (directory != null) {
                PrivateFiles.createDirectory(directory);
            }
            PrivateFiles.createFileIfMissing(file);
            String text = Files.readString(file, US_ASCII);
            int end = text.lastIndexOf('\n') + 1;
            Map<Object, Destruction> newest = new LinkedHashMap<>();
            int lines = 0;
            for (String line : text.substring(0, end).lines().toList()) {
                lines++;
                keepNewest(newest, parsed(line, lines));
            }
            if (end < text.length() || lines > 2 * newest.size()) {
                PrivateFiles.write(file, text(newest.values()));
            }
            return newest.values();
        } catch (IOException | UnsupportedOperationException e) {
            throw new StartupFailure(
                    "The file of destroyed keys " + file + " cannot be read or written",
                    "Make it a file that the user of this process may read and write,"
                            + " or name another one in parley.vault.destroyed-file",
                    e);
        }
    }

    private static void keepNewest(Map<Object, Destruction> newest, Destruction destruction) {
        switch (destruction) {
            case OfAuthor(UserId author) -> newest.put(author, destruction);
            case OfDays(ConversationId conversation, long before) -> {
                if (!(newest.get(conversation) instanceof OfDays(var _, long known)) || known < before) {
                    newest.put(conversation, destruction);
                }
            }
        }
    }

    private Destruction parsed(String line, int number) {
        String[] parts = line.split(" ", -1);
        try {
            if (parts.length == 2 && parts[0].equals(AUTHOR)) {
                return new OfAuthor(new UserId(parts[1]));
            }
            if (parts.length == 3 && parts[0].equals(CONVERSATION)) {
                return new OfDays(
                        new ConversationId(parts[1]), LocalDate.parse(parts[2]).toEpochDay());
            }
        } catch (Refused | DateTimeException e) {
            throw malformed(number, e);
        }
        throw malformed(number, null);
    }

    private StartupFailure malformed(int number, @Nullable Exception cause) {
        return new StartupFailure(
                "Line " + number + " of the file of destroyed keys " + file
                        + " names neither an author nor a conversation",
                "Put the line right, or bring the file back from its backup",
                cause);
    }

    /** Durable on return. */
    void append(Collection<Destruction> destructions) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer text = US_ASCII.encode(text(destructions));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
    }

    private static String text(Collection<Destruction> destructions) {
        StringBuilder text = new StringBuilder();
        for (Destruction destruction : destructions) {
            List<String> parts = new ArrayList<>();
            switch (destruction) {
                case OfAuthor(UserId author) -> parts.addAll(List.of(AUTHOR, author.value()));
                case OfDays(ConversationId conversation, long before) ->
                    parts.addAll(List.of(
                            CONVERSATION,
                            conversation.value(),
                            LocalDate.ofEpochDay(before).toString()));
            }
            text.append(String.join(" ", parts)).append('\n');
        }
        return text.toString();
    }
}
