package chat.parley.api.text;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import java.util.Optional;

/**
 * RFC 8265's OpaqueString, the form in which passwords are compared: one Unicode form, whatever the keyboard writes, and
 * one kind of space; letter case counts. The rules that ask what stands beside a character are left out, for they keep
 * apart what looks the same, and nobody looks at a password.
 */
public final class OpaqueString {
    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
    private static final UnicodeSet SPACES = new UnicodeSet("[:Zs:]").freeze();

    /** What RFC 8264's FreeformClass leaves out; the joiners are in it. */
    private static final UnicodeSet DISALLOWED = new UnicodeSet("[[:C:][:Zl:][:Zp:]"
                    + "[:Default_Ignorable_Code_Point:][:hst=L:][:hst=V:][:hst=T:]"
                    + "[\\u0640\\u07FA\\u302E\\u302F\\u3031-\\u3035\\u303B]-[\\u200C\\u200D]]")
            .freeze();

    private OpaqueString() {}

    /** Empty where the text is not such a string. */
    public static Optional<String> of(String text) {
        StringBuilder spaced = new StringBuilder(text.length());
        text.codePoints().map(c -> SPACES.contains(c) ? ' ' : c).forEach(spaced::appendCodePoint);
        String normalised = NFC.normalize(spaced);
        return Optional.of(normalised).filter(s -> !s.isEmpty() && DISALLOWED.containsNone(s));
    }
}
