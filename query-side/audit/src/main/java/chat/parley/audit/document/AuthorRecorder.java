package chat.parley.audit.document;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Tells the author of each text that it reveals. */
final class AuthorRecorder implements TextProtection {
    private final TextProtection protection;
    private final Consumer<UserId> authors;
    private final Set<String> knownKeys = ConcurrentHashMap.newKeySet();

    AuthorRecorder(TextProtection protection, Consumer<UserId> authors) {
        this.protection = protection;
        this.authors = authors;
    }

    @Override
    public SealedText seal(UserId author, String text, TextContext context) {
        return protection.seal(author, text, context);
    }

    /** Empty if the key was destroyed between the two questions. */
    @Override
    public Optional<String> reveal(SealedText sealed, TextContext context) {
        Optional<String> text = protection.reveal(sealed, context);
        return text.isPresent() && isTold(sealed) ? text : Optional.empty();
    }

    private boolean isTold(SealedText sealed) {
        if (knownKeys.contains(sealed.keyId())) {
            return true;
        }
        Optional<UserId> author = author(sealed);
        author.ifPresent(authors);
        author.ifPresent(_ -> knownKeys.add(sealed.keyId()));
        return author.isPresent();
    }

    @Override
    public Optional<UserId> author(SealedText sealed) {
        return protection.author(sealed);
    }
}
