package chat.parley.command.http.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.identity.password.CodeMailer;
import chat.parley.identity.password.MailAddresses;
import chat.parley.identity.password.MailAddresses.MailAddress;
import chat.parley.identity.password.PasswordCheck;
import chat.parley.web.token.AuthenticatedUser;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The caller's mail address, to which a code for a forgotten password is sent. It is kept only in the vault and is
 * shown to nobody else.
 */
@RestController
@RequestMapping("/api/v1/users/me/mail-address")
final class MailAddressController {
    private final MailAddresses addresses;
    private final CodeMailer mailedCodes;
    private final PasswordCheck check;

    MailAddressController(MailAddresses addresses, CodeMailer mailedCodes, PasswordCheck check) {
        this.addresses = addresses;
        this.mailedCodes = mailedCodes;
        this.check = check;
    }

    record NewAddress(@NotNull String address, @NotNull String password) {
        @Override
        public String toString() {
            return "NewAddress[]";
        }
    }

    record Confirmation(@NotNull String code) {
        @Override
        public String toString() {
            return "Confirmation[]";
        }
    }

    /**
     * @param address the confirmed address
     * @param pending the address that replaces it once it is confirmed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AddressView(@Nullable String address, @Nullable String pending) {
        static AddressView of(MailAddress known) {
            return new AddressView(known.confirmed(), known.pending());
        }

        @Override
        public String toString() {
            return "AddressView[]";
        }
    }

    @Operation(
            summary = "Read the caller's mail address",
            description = "Answers the confirmed and the pending address; both are absent if there is none.")
    @GetMapping
    AddressView get(@AuthenticationPrincipal Jwt caller) {
        return AddressView.of(addresses.of(AuthenticatedUser.of(caller).user()));
    }

    @Operation(
            summary = "Change the caller's mail address",
            description = "Sends a code to the new address. The old address is used until the code is confirmed.")
    @PutMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Refuses({Refusal.MAIL_OFF, Refusal.MAIL_ADDRESS_INVALID, Refusal.PASSWORD_WRONG, Refusal.NOT_FOUND})
    AddressView put(@Valid @RequestBody NewAddress asked, @AuthenticationPrincipal Jwt caller) {
        mailedCodes.requireOn();
        String address = MailAddresses.checked(asked.address());
        UserId me = AuthenticatedUser.of(caller).user();
        check.require(me, asked.password());
        mailedCodes.sendConfirmation(me, address);
        return AddressView.of(addresses.of(me));
    }

    @Operation(summary = "Confirm a mail address with the code sent to it")
    @PostMapping("/confirmation")
    @Refuses(Refusal.CODE_INVALID)
    AddressView confirm(@Valid @RequestBody Confirmation confirmation, @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        mailedCodes.confirm(me, confirmation.code());
        return AddressView.of(addresses.of(me));
    }

    @Operation(summary = "Delete the caller's mail address")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@AuthenticationPrincipal Jwt caller) {
        addresses.forget(AuthenticatedUser.of(caller).user());
    }
}
