package chat.parley.discovery.violators;

import chat.parley.app.ParleyApplication;

record KnowsTheApplication(ParleyApplication application) {}
