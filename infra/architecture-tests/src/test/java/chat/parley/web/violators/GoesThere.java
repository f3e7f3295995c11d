package chat.parley.web.violators;

import chat.parley.web.violators.circle.ComesBack;

public record GoesThere(ComesBack other) {}
