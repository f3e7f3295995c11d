package chat.parley.domain.violators;

import com.ibm.icu.text.UnicodeSet;

record ListsCharacters(UnicodeSet characters) {}
