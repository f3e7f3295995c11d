package chat.parley.commands.violators;

import chat.parley.projections.ProjectionsConfiguration;

record KnowsTheReadSide(ProjectionsConfiguration projections) {}
