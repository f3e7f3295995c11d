package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.AccountEvent.AccountRegistered;
import chat.parley.api.AccountEvent.DeviceRegistered;
import chat.parley.api.AccountEvent.DeviceRemoved;
import chat.parley.api.AccountEvent.ProfileChanged;
import chat.parley.api.AccountEvent.RoleGranted;
import chat.parley.api.AccountEvent.RoleRevoked;
import chat.parley.api.AccountEvent.SessionEnded;
import chat.parley.api.AccountEvent.SettingsChanged;
import chat.parley.api.AccountEvent.UserBlocked;
import chat.parley.api.AccountEvent.UserUnblocked;
import chat.parley.api.DeviceId;
import chat.parley.api.FindBlocks;
import chat.parley.api.FindPeople;
import chat.parley.api.FindSettings;
import chat.parley.api.FindUser;
import chat.parley.api.FindUser.Profile;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Sealed;
import chat.parley.api.SessionId;
import chat.parley.api.Settings;
import chat.parley.api.Settings.ContactRequests;
import chat.parley.api.Settings.QuietHours;
import chat.parley.api.SystemRole;
import chat.parley.api.TextProtection;
import chat.parley.api.UserId;
import chat.parley.api.UsernameClaimId;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final Instant AT = Instant.ofEpochMilli(1_000);
    private static final UserId ANN = new UserId("ann-id");
    private static final UserId BEN = new UserId("ben-id");

    private final ReadModelHolder model = new ReadModelHolder();
    private final History history = new History();

    private void register(UserId user, String name) {
        history.add(new AccountRegistered(
                user,
                new UsernameClaimId("claim-" + user),
                sealedName(user, name),
                new Sealed("key", "nonce", "Display " + name),
                AT));
    }

    private Sealed sealedName(UserId user, String name) {
        return model.text.seal(user, name, TextProtection.usernameContext(user));
    }

    private void writeAll() {
        history.occurrences().forEach(occurrence -> model.write(List.of(occurrence)));
        model.write(history.occurrences());
    }

    @Test
    void haveNamesRolesAndDevices() {
        register(ANN, "Ann");
        history.add(new ProfileChanged(ANN, new Sealed("key", "nonce", "Ann B."), AT));
        history.add(new DeviceRegistered(ANN, new DeviceId("z"), AT));
        history.add(new DeviceRegistered(ANN, new DeviceId("a"), AT));
        history.add(new DeviceRegistered(ANN, new DeviceId("gone"), AT));
        history.add(new DeviceRemoved(ANN, new DeviceId("gone"), AT));
        history.add(new SessionEnded(ANN, new DeviceId("a"), new SessionId("s"), AT));
        history.add(new RoleGranted(ANN, SystemRole.ADMIN, BEN, AT));
        history.add(new RoleGranted(ANN, SystemRole.ANALYST, BEN, AT));
        history.add(new RoleRevoked(ANN, SystemRole.ADMIN, BEN, AT));
        writeAll();
        Profile profile = model.people.handle(new FindUser(ANN)).join();
        assertThat(profile.username()).isEqualTo(sealedName(ANN, "Ann"));
        assertThat(profile.displayName().ciphertext()).isEqualTo("Ann B.");
        assertThat(profile.roles()).containsExactly(SystemRole.ANALYST);
        assertThat(profile.devices()).containsExactly(new DeviceId("z"), new DeviceId("a"));
        assertThat(model.people
                        .handle(new FindUser.Several(List.of(BEN, ANN, ANN)))
                        .profiles())
                .containsExactly(profile);
        assertThatThrownBy(() -> model.people.handle(new FindUser(BEN)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.USER_NOT_FOUND));
    }

    @Test
    void haveTheSettingsOfTheLastChange() {
        Settings quiet = new Settings(
                ContactRequests.NOBODY,
                Settings.GroupAdditions.CONTACTS,
                false,
                true,
                false,
                new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 30), ZoneId.of("Asia/Seoul")),
                "ko");
        register(ANN, "Ann");
        history.add(new SettingsChanged(ANN, Settings.DEFAULT, AT));
        history.add(new SettingsChanged(ANN, quiet, AT));
        writeAll();
        assertThat(model.people.handle(new FindSettings(ANN))).isEqualTo(quiet);
        assertThat(model.people.handle(new FindSettings(BEN))).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void haveAListOfThoseTheyBlock() {
        register(ANN, "Ann");
        register(BEN, "Ben");
        history.add(new UserBlocked(ANN, BEN, AT));
        history.add(new UserBlocked(ANN, new UserId("other"), AT));
        history.add(new UserUnblocked(ANN, new UserId("other"), AT));
        writeAll();
        assertThat(model.people.handle(new FindBlocks(ANN)).users()).containsExactly(BEN);
        assertThat(model.people.handle(new FindBlocks(BEN)).users()).isEmpty();
    }

    @Test
    void areFoundByTheBeginningOfTheirUsername() {
        register(ANN, "Ann");
        register(BEN, "anna");
        register(new UserId("kim"), "김철수");
        register(new UserId("dots"), "a.n*[");
        register(new UserId("sharp"), "STRASSE");
        writeAll();
        assertThat(found("AN")).containsExactly(ANN, BEN);
        assertThat(found("anna")).containsExactly(BEN);
        assertThat(found("김")).containsExactly(new UserId("kim"));
        assertThat(found("a.n*[")).containsExactly(new UserId("dots"));
        assertThat(found("a.n*[ d")).containsExactly(new UserId("dots"));
        assertThat(found("straße")).containsExactly(new UserId("sharp"));
        assertThat(found("nn")).isEmpty();
        assertThat(model.people.handle(new FindPeople("a", 1)).profiles()).hasSize(1);
    }

    @Test
    void areNotFoundByAnErasedName() {
        register(ANN, "Ann");
        writeAll();
        assertThat(found("ann")).containsExactly(ANN);
        model.text.erase(ANN);
        assertThat(found("ann")).isEmpty();
        assertThat(Snapshot.of(model.store).get("people")).isEmpty();
        assertThat(model.people.handle(new FindUser(ANN)).join().user()).isEqualTo(ANN);
    }

    private List<UserId> found(String prefix) {
        return model.people.handle(new FindPeople(prefix, 10)).profiles().stream()
                .map(Profile::user)
                .toList();
    }
}
