package chat.parley.query.http.account;

import static chat.parley.api.Refusal.INVALID_ID;
import static chat.parley.api.Refusal.INVALID_PARAMETER;
import static chat.parley.api.Refusal.USER_NOT_FOUND;

import chat.parley.api.Refuses;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.FindPeople;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.FindBlocks;
import chat.parley.api.text.TextRules;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.web.RequestParameters;
import chat.parley.web.token.AuthenticatedUser;
import chat.parley.wire.SealedTextReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1/users")
public final class UserController {
    private static final int MOST_PEOPLE = 50;

    private final QueryClient queries;
    private final SealedTextReader unsealer;

    public UserController(QueryClient queries, SealedTextReader unsealer) {
        this.queries = queries;
        this.unsealer = unsealer;
    }

    @Operation(summary = "Read a user; the caller's own account with roles and devices")
    @Refuses({INVALID_ID, USER_NOT_FOUND})
    @GetMapping("/{id}")
    UserView user(
            @Parameter(description = "A user id, or `me`") @PathVariable String id,
            @AuthenticationPrincipal Jwt token) {
        UserId user = AuthenticatedUser.of(token).named(id);
        return view(queries.ask(new FindUser(user), Profile.class), token);
    }

    @Operation(
            summary =
                    "Find users by words or parts of words of their names, ignoring case, or read up to 50 by their ids",
            description =
                    "Needs either `query` or `ids`. `query` searches usernames and display names. A user with exactly"
                            + " this username comes first, then those whose username begins with it. Deactivated and"
                            + " deleted accounts are left out, and so are users with a block in either direction."
                            + " `ids` answers with these users in the order of their ids; the ones that do not exist,"
                            + " or are not known yet because they are new, are left out.")
    @Refuses({INVALID_PARAMETER, INVALID_ID})
    @GetMapping
    UserView.Users people(
            @RequestParam(required = false) @Nullable String query,
            @Parameter(description = "Separated by commas") @RequestParam(required = false) @Nullable List<String> ids,
            @RequestParam(defaultValue = "20") int limit,
            @AuthenticationPrincipal Jwt token) {
        RequestParameters.require((query == null) != (ids == null));
        return users(ids == null ? search(Objects.requireNonNull(query), limit, token) : named(ids), token);
    }

    private static FindUser.Several named(List<String> ids) {
        RequestParameters.within(1, ids.size(), MOST_PEOPLE);
        return new FindUser.Several(ids.stream().map(UserId::new).toList());
    }

    private static FindPeople search(String query, int limit, Jwt token) {
        String words = query.strip();
        RequestParameters.within(1, words.codePointCount(0, words.length()), TextRules.DISPLAY_NAME_MAX);
        RequestParameters.within(1, limit, MOST_PEOPLE);
        return new FindPeople(AuthenticatedUser.of(token).user(), words, limit);
    }

    private UserView.Users users(Object asked, Jwt token) {
        return new UserView.Users(queries.ask(asked, FindUser.Profiles.class).profiles().stream()
                .map(profile -> view(profile, token))
                .toList());
    }

    @Operation(summary = "List the caller's devices")
    @GetMapping("/me/devices")
    UserView.Devices devices(@AuthenticationPrincipal Jwt token) {
        return new UserView.Devices(
                devices(queries.ask(new FindUser(AuthenticatedUser.of(token).user()), Profile.class), token));
    }

    @Operation(summary = "List the users that one has blocked")
    @GetMapping("/me/blocks")
    UserView.Blocks blocks(@AuthenticationPrincipal Jwt token) {
        return new UserView.Blocks(
                queries
                        .ask(new FindBlocks(AuthenticatedUser.of(token).user()), FindBlocks.Blocks.class)
                        .users()
                        .stream()
                        .map(UserView.Block::new)
                        .toList());
    }

    private UserView view(Profile profile, Jwt token) {
        return profile.user().equals(AuthenticatedUser.of(token).user()) ? oneself(profile, token) : other(profile);
    }

    private UserView oneself(Profile profile, Jwt token) {
        List<String> roles =
                profile.roles().stream().map(SystemRole::claim).sorted().toList();
        return other(profile).with(roles, devices(profile, token));
    }

    private UserView other(Profile profile) {
        if (profile.status() == AccountStatus.DELETED) {
            return UserView.deleted(profile.user(), profile.username() == null);
        }
        return UserView.of(
                profile.user(),
                unsealer.username(profile),
                unsealer.displayName(profile),
                profile.status() == AccountStatus.DEACTIVATED);
    }

    private static List<UserView.Device> devices(Profile profile, Jwt token) {
        DeviceId current = AuthenticatedUser.of(token).device();
        return profile.devices().stream()
                .map(device -> new UserView.Device(device, device.equals(current)))
                .toList();
    }
}
