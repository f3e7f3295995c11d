package chat.parley.audit.violators;

import chat.parley.push.PushConfiguration;

record KnowsPush(PushConfiguration push) {}
