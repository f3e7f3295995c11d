package chat.parley.wire.violators;

import chat.parley.push.PushConfiguration;

record KnowsPush(PushConfiguration push) {}
