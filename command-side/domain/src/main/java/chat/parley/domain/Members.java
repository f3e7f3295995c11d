package chat.parley.domain;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.MemberRole;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The current members in the order in which they joined. */
final class Members {
    private final Map<UserId, Member> byUser = new LinkedHashMap<>();

    public Members() {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Members(List<Member> members) {
        members.forEach(member -> byUser.put(member.user(), member));
    }

    @JsonValue
    List<Member> inOrder() {
        return List.copyOf(byUser.values());
    }

    int size() {
        return byUser.size();
    }

    boolean has(UserId user) {
        return byUser.containsKey(user);
    }

    boolean hasAll(Collection<UserId> users) {
        return byUser.keySet().containsAll(users);
    }

    Optional<Member> find(UserId user) {
        return Optional.ofNullable(byUser.get(user));
    }

    /** @throws Refused {@link Refusal#NOT_A_MEMBER} */
    Member require(UserId by) {
        return find(by).orElseThrow(() -> new Refused(Refusal.NOT_A_MEMBER));
    }

    /** The next owner: the longest-serving admin, or else the longest-serving member. */
    Optional<Member> successorOf(UserId owner) {
        List<Member> others = byUser.values().stream()
                .filter(member -> !member.user().equals(owner))
                .toList();
        return others.stream()
                .filter(member -> member.isAtLeast(MemberRole.ADMIN))
                .findFirst()
                .or(() -> others.stream().findFirst());
    }

    void join(UserId user, MemberRole role, PositionAndTimestamp stamp) {
        byUser.put(user, new Member(user, role, stamp, stamp));
    }

    void leave(UserId user) {
        byUser.remove(user);
    }

    void changeRole(UserId user, MemberRole role, PositionAndTimestamp stamp) {
        byUser.computeIfPresent(user, (same, member) -> member.as(role, stamp));
    }
}
