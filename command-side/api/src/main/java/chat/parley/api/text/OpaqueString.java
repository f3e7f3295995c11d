package chat.parley.api.text;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import java.util.Optional;

/**
 * RFC 8265's OpaqueString profile, in which passwords are compared: Unicode form NFC, one kind of space,
 * case-sensitive. Its contextual rules are left out: they tell apart characters that look alike, which does not matter
 * for a password.
 */
public final class OpaqueString {
    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
    private static final UnicodeSet SPACES = new UnicodeSet("[:Zs:]").freeze();

    /** The code points that RFC 8264's FreeformClass disallows; the joiners are allowed. */
    private static final UnicodeSet DISALLOWED = new UnicodeSet("[[:C:][:Zl:][:Zp:]"
                    + "[:Default_Ignorable_Code_Point:][:hst=L:][:hst=V:][:hst=T:]"
                    + "[\\u0640\\u07FA\\u302E\\u302F\\u3031-\\u3035\\u303B]-[\\u200C\\u200D]]")
            .freeze();

    private OpaqueString() {}

    /** Empty if the text contains a disallowed code point. */
    public static Optional<String> of(String text) {
        StringBuilder spaced = new StringBuilder(text.length());
        text.codePoints().map(c -> SPACES.contains(c) ? ' ' : c).forEach(spaced::appendCodePoint);
        String normalised = NFC.normalize(spaced);
        return Optional.of(normalised).filter(s -> !s.isEmpty() && DISALLOWED.containsNone(s));
    }
}
