package chat.parley.api.port;

import chat.parley.api.account.UserId;
import java.util.List;
import java.util.function.Function;

/** What a module keeps about a person besides events and read models, for the person's own export. No secrets. */
public interface PersonalRecords {
    /** The section's name, the same for all people, such as {@code savedSearches}. */
    String section();

    /** The records, each written as JSON; empty if there are none. */
    List<?> of(UserId user);

    /** Records under a name. */
    static PersonalRecords named(String section, Function<UserId, List<?>> records) {
        return new PersonalRecords() {
            @Override
            public String section() {
                return section;
            }

            @Override
            public List<?> of(UserId user) {
                return records.apply(user);
            }
        };
    }
}
