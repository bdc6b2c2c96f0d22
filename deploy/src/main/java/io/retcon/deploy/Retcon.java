package io.retcon.deploy;

import io.retcon.deploy.answering.AnswerCommand;
import io.retcon.deploy.bench.BenchCommand;
import io.retcon.deploy.cli.RetconCommand;
import io.retcon.deploy.cli.Verb;
import io.retcon.deploy.cluster.ClusterCommand;
import io.retcon.deploy.component.IndexerCommand;
import io.retcon.deploy.component.RetrainerCommand;
import io.retcon.deploy.component.Stages;
import io.retcon.deploy.component.StreamsCommand;
import io.retcon.deploy.dashboard.DashboardCommand;
import io.retcon.deploy.demo.DemoCommand;
import io.retcon.deploy.engine.EngineCommand;
import io.retcon.deploy.export.ExportCommand;
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
import io.retcon.deploy.rewriting.RewriteCommand;
import io.retcon.deploy.scoring.ScoreCommand;
import io.retcon.deploy.stack.Component;
import io.retcon.deploy.training.CheckpointCommand;
import io.retcon.deploy.training.RetrainCommand;
import io.retcon.deploy.training.TrainCommand;
import io.retcon.deploy.up.UpCommand;

import java.util.List;

/** Where the command begins, and the one place that lists its verbs and the stack's components. */
public final class Retcon {
    private Retcon() {}

    public static void main(String[] arguments) {
        System.exit(RetconCommand.run(verbs(), arguments));
    }

    static List<Verb<?>> verbs() {
        return List.of(
                new Verb<>(DemoCommand.class, () -> new DemoCommand(components())),
                new Verb<>(UpCommand.class, () -> new UpCommand(components())),
                new Verb<>(DashboardCommand.class, DashboardCommand::new),
                new Verb<>(StreamsCommand.class, StreamsCommand::new),
                new Verb<>(IndexerCommand.class, IndexerCommand::new),
                new Verb<>(RetrainerCommand.class, RetrainerCommand::new),
                new Verb<>(ClusterCommand.class, ClusterCommand::new),
                new Verb<>(HistoryCommand.class, HistoryCommand::new),
                new Verb<>(ItemsCommand.class, ItemsCommand::new),
                new Verb<>(TrainCommand.class, TrainCommand::new),
                new Verb<>(CheckpointCommand.class, CheckpointCommand::new),
                new Verb<>(PlanCommand.class, PlanCommand::new),
                new Verb<>(RunCommand.class, RunCommand::new),
                new Verb<>(AnswerCommand.class, AnswerCommand::new),
                new Verb<>(StatusCommand.class, StatusCommand::new),
                new Verb<>(EffectsCommand.class, EffectsCommand::new),
                new Verb<>(MatchesCommand.class, MatchesCommand::new),
                new Verb<>(LineageCommand.class, LineageCommand::new),
                new Verb<>(ReportCommand.class, ReportCommand::new),
                new Verb<>(ExportCommand.class, ExportCommand::new),
                new Verb<>(MatchCommand.class, MatchCommand::new),
                new Verb<>(RewriteCommand.class, RewriteCommand::new),
                new Verb<>(RetrainCommand.class, RetrainCommand::new),
                new Verb<>(ScoreCommand.class, ScoreCommand::new),
                new Verb<>(EngineCommand.class, EngineCommand::new),
                new Verb<>(BenchCommand.class, BenchCommand::new));
    }

    static List<Component> components() {
        return Stages.all();
    }
}
