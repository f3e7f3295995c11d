package chat.parley.retention.erasure;

import chat.parley.api.KebabCase;
import chat.parley.api.account.UserId;
import chat.parley.api.port.ErasureProgress.Store;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far an erasure has come. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ErasureView(
        UserId user,
        UserId orderedBy,
        Instant orderedAt,

        @Schema(
                description = "The last step taken; after `ordered` the erasure is certain",
                allowableValues = {"asked", "refused", "ordered", "keys-destroyed", "erased"})
        String state,

        @Schema(description = "The code of the refusal, such as `on-hold`") @Nullable
        String refusal,

        @Schema(description = "Since when nobody can read the user's texts and names") @Nullable
        Instant keysDestroyedAt,

        @Schema(description = "When the stores were told") @Nullable
        Instant erasedAt,

        List<StoreView> stores) {
    /** @param doneAt when the store held nothing of the user any more; null if it may hold something */
    record StoreView(String store, @Nullable Instant doneAt) {}

    static ErasureView of(Erasure erasure, Map<Store, Instant> done) {
        return new ErasureView(
                erasure.user(),
                erasure.orderedBy(),
                erasure.askedAt(),
                KebabCase.of(erasure.step()),
                erasure.refusal() == null ? null : erasure.refusal().code(),
                erasure.keysDestroyedAt(),
                erasure.erasedAt(),
                Arrays.stream(Store.values())
                        .map(store -> new StoreView(KebabCase.of(store), done.get(store)))
                        .toList());
    }
}
