package io.retcon.deploy;

import io.retcon.deploy.cli.RetconCommand;
import io.retcon.deploy.component.Stages;
import io.retcon.deploy.demo.DemoCommand;
import io.retcon.deploy.ingest.HistoryCommand;
import io.retcon.deploy.ingest.ItemsCommand;
import io.retcon.deploy.intervention.EffectsCommand;
import io.retcon.deploy.intervention.LineageCommand;
import io.retcon.deploy.intervention.MatchesCommand;
import io.retcon.deploy.intervention.PlanCommand;
import io.retcon.deploy.intervention.ReportCommand;
import io.retcon.deploy.intervention.RunCommand;
import io.retcon.deploy.intervention.StatusCommand;
import io.retcon.deploy.matching.MatchCommand;
import io.retcon.deploy.stack.Component;
import io.retcon.deploy.training.TrainCommand;
import io.retcon.deploy.up.UpCommand;

import java.util.List;

/** Where the command begins, and the one place that lists its verbs and the stack's components. */
public final class Retcon {
    private Retcon() {}

    public static void main(String[] arguments) {
        System.exit(RetconCommand.run(verbs(), arguments));
    }

    static List<Object> verbs() {
        return List.of(
                new DemoCommand(components()),
                new UpCommand(components()),
                new HistoryCommand(),
                new ItemsCommand(),
                new TrainCommand(),
                new PlanCommand(),
                new RunCommand(),
                new StatusCommand(),
                new EffectsCommand(),
                new MatchesCommand(),
                new LineageCommand(),
                new ReportCommand(),
                new MatchCommand());
    }

    static List<Component> components() {
        return Stages.all();
    }
}
