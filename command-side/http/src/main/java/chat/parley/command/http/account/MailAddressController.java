package chat.parley.command.http.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.identity.password.MailAddresses;
import chat.parley.identity.password.MailAddresses.MailAddress;
import chat.parley.identity.password.MailedCodes;
import chat.parley.identity.password.PasswordCheck;
import chat.parley.identity.security.Caller;
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

/** Where one is reached by mail, for a forgotten password. Kept in the vault alone and shown to nobody else. */
@RestController
@RequestMapping("/api/v1/users/me/mail-address")
public final class MailAddressController {
    private final MailAddresses addresses;
    private final MailedCodes mailedCodes;
    private final PasswordCheck check;

    MailAddressController(MailAddresses addresses, MailedCodes mailedCodes, PasswordCheck check) {
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
     * @param address where one is reached
     * @param pending what takes its place once it is confirmed
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

    @Operation(summary = "One's own mail address", description = "Empty where there is none.")
    @GetMapping
    AddressView get(@AuthenticationPrincipal Jwt caller) {
        return AddressView.of(addresses.of(Caller.user(caller)));
    }

    @Operation(
            summary = "Be reached at another address",
            description = "A code is sent there; the one before is used until it comes back.")
    @PutMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Refuses({Refusal.MAIL_OFF, Refusal.MAIL_ADDRESS_INVALID, Refusal.PASSWORD_WRONG, Refusal.NOT_FOUND})
    AddressView put(@Valid @RequestBody NewAddress asked, @AuthenticationPrincipal Jwt caller) {
        mailedCodes.requireOn();
        String address = MailAddresses.checked(asked.address());
        UserId me = Caller.user(caller);
        check.require(me, asked.password());
        mailedCodes.sendConfirmation(me, address);
        return AddressView.of(addresses.of(me));
    }

    @Operation(summary = "Confirm the address by the code that was sent there")
    @PostMapping("/confirmation")
    @Refuses(Refusal.CODE_INVALID)
    AddressView confirm(@Valid @RequestBody Confirmation confirmation, @AuthenticationPrincipal Jwt caller) {
        UserId me = Caller.user(caller);
        mailedCodes.confirm(me, confirmation.code());
        return AddressView.of(addresses.of(me));
    }

    @Operation(summary = "Be reached by mail no more")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@AuthenticationPrincipal Jwt caller) {
        addresses.forget(Caller.user(caller));
    }
}
