package chat.parley.command.http.violators;

import chat.parley.projections.ProjectionsConfiguration;

record KnowsTheReadSide(ProjectionsConfiguration projections) {}
