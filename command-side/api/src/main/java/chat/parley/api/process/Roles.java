package chat.parley.api.process;

import chat.parley.api.KebabCase;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The roles of a process, at least one.
 *
 * @param all in the order of their declaration
 */
public record Roles(Set<Role> all) {
    private static final String SETTING = "parley.roles";

    public Roles {
        all = Collections.unmodifiableSet(EnumSet.copyOf(all));
    }

    /** Those of a process that does everything. */
    public static Roles complete() {
        return new Roles(EnumSet.allOf(Role.class));
    }

    /** @throws StartupFailure if there is no name, or one of no role */
    public static Roles named(List<String> names) {
        Set<Role> named = names.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Roles::role)
                .collect(Collectors.toSet());
        if (named.isEmpty()) {
            throw new StartupFailure(SETTING + " is empty", advice());
        }
        return new Roles(named);
    }

    private static Role role(String name) {
        return KebabCase.parse(Role.class, name)
                .orElseThrow(() ->
                        new StartupFailure(SETTING + " names \"" + name + "\", which is no role of Parley", advice()));
    }

    private static String advice() {
        return "The roles are " + complete() + "; without " + SETTING + " a process has all of them";
    }

    public boolean has(Role role) {
        return all.contains(role);
    }

    public boolean hasAny(Collection<Role> some) {
        return some.stream().anyMatch(all::contains);
    }

    public boolean isComplete() {
        return all.size() == Role.values().length;
    }

    /** As in the setting. */
    @Override
    public String toString() {
        return all.stream().map(KebabCase::of).collect(Collectors.joining(", "));
    }
}
