package chat.parley.push.fanout.violators;

import chat.parley.push.presence.ConnectedDevice;

record KnowsPresence(ConnectedDevice device) {}
