package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent.AccountDeactivated;
import chat.parley.api.account.AccountEvent.AccountDeleted;
import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.AccountEvent.AccountReactivated;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.AccountEvent.DeviceRegistered;
import chat.parley.api.account.AccountEvent.DeviceRemoved;
import chat.parley.api.account.AccountEvent.ProfileChanged;
import chat.parley.api.account.AccountEvent.RoleGranted;
import chat.parley.api.account.AccountEvent.RoleRevoked;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.api.account.AccountEvent.SettingsChanged;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.AccountEvent.UserUnblocked;
import chat.parley.api.account.AccountEvent.UsernameChanged;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.FindPeople;
import chat.parley.api.account.FindSettings;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.ContactRequests;
import chat.parley.api.account.Settings.QuietHours;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.contact.FindBlocks;
import chat.parley.api.port.TextProtection;
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
    private final EventHistoryFixture history = new EventHistoryFixture();

    private void register(UserId user, String name) {
        history.add(new AccountRegistered(
                user,
                new UsernameClaimId("claim-" + user),
                sealedName(user, name),
                model.text.seal(user, "Somebody", TextProtection.displayNameContext(user)),
                AT));
    }

    private SealedText sealedName(UserId user, String name) {
        return model.text.seal(user, name, TextProtection.usernameContext(user));
    }

    private void writeAll() {
        history.events().forEach(recorded -> model.write(List.of(recorded)));
        model.write(history.events());
    }

    @Test
    void haveNamesRolesAndDevices() {
        register(ANN, "Ann");
        history.add(
                new ProfileChanged(ANN, model.text.seal(ANN, "Ann B.", TextProtection.displayNameContext(ANN)), AT));
        history.add(new DeviceRegistered(ANN, new DeviceId("z"), AT));
        history.add(new DeviceRegistered(ANN, new DeviceId("a"), AT));
        history.add(new DeviceRegistered(ANN, new DeviceId("gone"), AT));
        history.add(new DeviceRemoved(ANN, new DeviceId("gone"), AT));
        history.add(new SessionEnded(ANN, new DeviceId("a"), new LoginSessionId("s"), AT));
        history.add(new RoleGranted(ANN, SystemRole.ADMIN, BEN, null, AT));
        history.add(new RoleGranted(ANN, SystemRole.ANALYST, BEN, null, AT));
        history.add(new RoleRevoked(ANN, SystemRole.ADMIN, BEN, null, AT));
        writeAll();
        Profile profile = model.people.handle(new FindUser(ANN)).join();
        assertThat(profile.username()).isEqualTo(sealedName(ANN, "Ann"));
        assertThat(profile.displayName())
                .isEqualTo(model.text.seal(ANN, "Ann B.", TextProtection.displayNameContext(ANN)));
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
    void haveAListOfBlockedUsers() {
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
    void areFoundByPartsOfTheirUsername() {
        register(ANN, "Ann");
        register(BEN, "anna");
        register(new UserId("kim"), "김철수");
        register(new UserId("dots"), "a.n*[");
        register(new UserId("sharp"), "STRASSE");
        writeAll();
        assertThat(found("AN")).containsExactly(ANN, BEN);
        assertThat(found("anna")).containsExactly(BEN);
        assertThat(found("nn")).containsExactly(ANN, BEN);
        assertThat(found("철수")).containsExactly(new UserId("kim"));
        assertThat(found("철")).containsExactly(new UserId("kim"));
        assertThat(found("a.n*[")).containsExactly(new UserId("dots"));
        assertThat(found("straße")).containsExactly(new UserId("sharp"));
        assertThat(found("na")).containsExactly(BEN);
        assertThat(found("  ")).isEmpty();
        assertThat(model.people
                        .handle(new FindPeople(new UserId("asker"), "a", 1))
                        .profiles())
                .hasSize(1);
    }

    @Test
    void areFoundByADisplayNameAfterUsersWithThatUsername() {
        register(BEN, "other-ann");
        register(ANN, "ann");
        register(new UserId("kim"), "kim");
        rename(new UserId("kim"), "Annabel 김철수 (Seoul)");
        writeAll();
        assertThat(found("ANN")).containsExactly(ANN, new UserId("kim"), BEN);
        assertThat(found("김철수")).containsExactly(new UserId("kim"));
        assertThat(found("철수")).containsExactly(new UserId("kim"));
        assertThat(found("seoul annabel")).containsExactly(new UserId("kim"));
        assertThat(found("seoul ben")).isEmpty();
        rename(new UserId("kim"), "Somebody else");
        writeAll();
        assertThat(found("철수")).isEmpty();
    }

    @Test
    void areFoundByTheCurrentUsername() {
        register(ANN, "ann");
        history.add(new UsernameChanged(ANN, new UsernameClaimId("claim"), sealedName(ANN, "Zoe"), AT));
        writeAll();
        assertThat(found("zoe")).containsExactly(ANN);
        assertThat(found("ann")).doesNotContain(ANN);
        assertThat(named("ZOE")).containsExactly(ANN);
        assertThat(named("zo")).isEmpty();
        assertThat(named("ann")).isEmpty();
    }

    @Test
    void areNotFoundWithABlockInEitherDirection() {
        register(ANN, "ann");
        register(BEN, "ben");
        register(new UserId("asker"), "asker");
        history.add(new UserBlocked(ANN, new UserId("asker"), AT));
        history.add(new UserBlocked(new UserId("asker"), BEN, AT));
        writeAll();
        assertThat(found("ann")).isEmpty();
        assertThat(found("ben")).isEmpty();
        assertThat(model.people.handle(new FindPeople(BEN, "ann", 10)).profiles())
                .hasSize(1);
    }

    @Test
    void areNotFoundWhileDeactivated() {
        register(ANN, "ann");
        register(BEN, "ben");
        history.add(new AccountDeactivated(ANN, AT));
        history.add(new AccountDeactivated(BEN, AT));
        history.add(new AccountReactivated(BEN, AT));
        writeAll();
        assertThat(found("ann")).isEmpty();
        assertThat(named("ann")).containsExactly(ANN);
        assertThat(found("ben")).containsExactly(BEN);
        assertThat(model.people.handle(new FindUser(ANN)).join().status()).isEqualTo(AccountStatus.DEACTIVATED);
        assertThat(model.people.handle(new FindUser(BEN)).join().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void leaveNoTermsInTheIndexWhenDeleted() {
        register(ANN, "ann");
        history.add(new DeviceRegistered(ANN, new DeviceId("phone"), AT));
        history.add(new RoleGranted(ANN, SystemRole.ANALYST, BEN, null, AT));
        history.add(new UserBlocked(ANN, BEN, AT));
        history.add(new AccountDeleted(ANN, AT));
        writeAll();
        assertThat(found("ann")).isEmpty();
        assertThat(named("ann")).isEmpty();
        assertThat(GenerationContents.of(model.store).get("people")).isEmpty();
        assertThat(GenerationContents.of(model.store).get("names")).isEmpty();
        Profile profile = model.people.handle(new FindUser(ANN)).join();
        assertThat(profile.status()).isEqualTo(AccountStatus.DELETED);
        assertThat(profile.devices()).isEmpty();
        assertThat(profile.roles()).isEmpty();
        assertThat(model.people.handle(new FindBlocks(ANN)).users()).isEmpty();
    }

    @Test
    void leaveNoNamesInTheReadModelWhenErased() {
        register(ANN, "ann");
        rename(ANN, "Ann Secret");
        register(BEN, "ben");
        history.add(new AccountDeleted(ANN, AT));
        history.add(new AccountErased(ANN, AT));
        writeAll();
        Profile profile = model.people.handle(new FindUser(ANN)).join();
        assertThat(profile.status()).isEqualTo(AccountStatus.DELETED);
        assertThat(profile.username()).isNull();
        assertThat(profile.displayName()).isNull();
        assertThat(named("ann")).isEmpty();
        assertThat(found("ann")).isEmpty();
        assertThat(found("ben")).containsExactly(BEN);
        assertThat(GenerationContents.of(model.store).toString())
                .contains("ben")
                .doesNotContain("\"ann\"", "Secret");
        assertThat(model.erased).containsExactly(ANN);
    }

    private void rename(UserId user, String displayName) {
        history.add(new ProfileChanged(
                user, model.text.seal(user, displayName, TextProtection.displayNameContext(user)), AT));
    }

    private List<UserId> named(String username) {
        return model.people.handle(new FindUser.Named(username)).profiles().stream()
                .map(Profile::user)
                .toList();
    }

    @Test
    void areNotFoundByAnErasedName() {
        register(ANN, "Ann");
        writeAll();
        assertThat(found("ann")).containsExactly(ANN);
        model.text.destroy(ANN);
        assertThat(found("ann")).isEmpty();
        assertThat(GenerationContents.of(model.store).get("people")).isEmpty();
        assertThat(model.people.handle(new FindUser(ANN)).join().user()).isEqualTo(ANN);
    }

    private List<UserId> found(String prefix) {
        return model.people.handle(new FindPeople(new UserId("asker"), prefix, 10)).profiles().stream()
                .map(Profile::user)
                .toList();
    }
}
