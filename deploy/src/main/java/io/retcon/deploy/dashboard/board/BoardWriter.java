package io.retcon.deploy.dashboard.board;

import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.LossPoint;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.topic.Keys;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts records together to boards, in whatever order they come. Not thread-safe. */
final class BoardWriter {
    static final int MOST_REJECTS = 1_000;
    private static final int MOST_LOSSES = 512;

    /** One intervention while its records come in. */
    private static final class Draft {
        private Intervention published;
        private Instant at = Instant.EPOCH;
        private long born;
        private long settled;
        private boolean moved = true;
        private Selection selection;
        private final Map<String, Progress> progress = new LinkedHashMap<>();
        private final SortedMap<String, Retraining> retrainings = new TreeMap<>();
        private final Map<String, List<LossPoint>> losses = new TreeMap<>();
        private Effects effects;
        private String refusal;
        private String stage = "";
        private Watched latest;

        Watched watched(long version) {
            return new Watched(
                    published,
                    at,
                    born,
                    version,
                    settled,
                    Optional.ofNullable(selection),
                    List.copyOf(progress.values()),
                    List.copyOf(retrainings.values()),
                    copied(losses),
                    Optional.ofNullable(effects),
                    Optional.ofNullable(refusal));
        }

        private static Map<String, List<LossPoint>> copied(Map<String, List<LossPoint>> losses) {
            var copy = new TreeMap<String, List<LossPoint>>();
            losses.forEach((key, points) -> copy.put(key, List.copyOf(points)));
            return copy;
        }
    }

    /** One run while its records come in. */
    private static final class RunDraft {
        private RunManifest manifest;
        private final SortedMap<Long, Checkpoint> checkpoints = new TreeMap<>();
        private final SortedMap<String, Checkpoint> retrained = new TreeMap<>();
        private final Map<String, Progress> progress = new LinkedHashMap<>();
        private final List<LossPoint> losses = new ArrayList<>();
        private WatchedRun latest;

        WatchedRun watched(String name, long version) {
            return new WatchedRun(
                    name,
                    version,
                    Optional.ofNullable(manifest),
                    List.copyOf(checkpoints.values()),
                    List.copyOf(retrained.values()),
                    List.copyOf(progress.values()),
                    List.copyOf(losses));
        }
    }

    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final SortedMap<String, RunDraft> runs = new TreeMap<>();
    private final Deque<RejectSeen> rejects = new ArrayDeque<>();
    private final SequencedMap<Integer, RegisteredSchema> schemas = new LinkedHashMap<>();
    private final Map<String, Draft> touched = new LinkedHashMap<>();
    private final Map<String, RunDraft> touchedRuns = new LinkedHashMap<>();
    private long rejected;
    private long rejectsTouched;
    private boolean dirty;

    private Board board;

    /**
     * @param before what was shown until now; versions go on from it
     */
    BoardWriter(Board before) {
        this.board =
                new Board(
                        before.version(),
                        false,
                        before.broker(),
                        before.brokerChanged(),
                        before.said(),
                        new LinkedHashMap<>(),
                        new TreeMap<>(),
                        List.of(),
                        0,
                        before.rejectsChanged(),
                        new LinkedHashMap<>());
    }

    void intervention(Intervention published, Instant at) {
        var draft = draft(published.getId());
        draft.published = published;
        draft.at = at;
    }

    /** Takes an intervention off the board, as if its spec had never come. */
    void withdrawn(String id) {
        var draft = drafts.get(id);
        if (draft == null || draft.published == null) {
            return;
        }
        draft.published = null;
        draft.latest = null;
        draft.born = 0;
        draft.stage = "";
        touched.put(id, draft);
        dirty = true;
    }

    void selection(Selection selection) {
        var draft = draft(selection.getIntervention());
        draft.selection = selection;
        draft.moved = true;
    }

    void effects(Effects effects) {
        var draft = draft(effects.getIntervention());
        draft.effects = effects;
        draft.moved = true;
    }

    void retraining(Retraining retraining) {
        var draft = draft(retraining.getId().getIntervention());
        var key = Keys.retraining(retraining.getId());
        draft.retrainings.put(key, retraining);
        if (!retraining.getLosses().isEmpty()) {
            draft.losses.remove(key);
        }
    }

    void progress(Progress progress) {
        var key = Keys.progress(progress);
        if (progress.getStage().equals("train") || progress.getStage().equals("score")) {
            if (progress.getRetraining().isEmpty()) {
                var run = run(progress.getIntervention());
                run.progress.put(key, progress);
                progress.getLoss().ifPresent(loss -> add(run.losses, progress.getDone() - 1, loss));
                return;
            }
        }
        var draft = draft(progress.getIntervention());
        draft.progress.put(key, progress);
        if (progress.getRetraining().isPresent() && progress.getLoss().isPresent()) {
            var retraining = Keys.retraining(progress.getRetraining().get());
            var points = draft.losses.computeIfAbsent(retraining, k -> new ArrayList<>());
            long from =
                    Optional.ofNullable(draft.retrainings.get(retraining))
                            .map(r -> r.getWindow().getFrom())
                            .orElse(0L);
            add(points, from + progress.getDone() - 1, progress.getLoss().get());
        }
    }

    /** Every other point goes when they are many; one that starts again starts its line again. */
    private static void add(List<LossPoint> points, long step, double loss) {
        points.removeIf(point -> point.getStep() >= step);
        points.add(new LossPoint(step, loss));
        if (points.size() > MOST_LOSSES) {
            for (int i = points.size() - 2; i > 0; i -= 2) {
                points.remove(i);
            }
        }
    }

    void checkpoint(Checkpoint checkpoint) {
        var run = run(checkpoint.getRun());
        if (checkpoint.getRetraining().isPresent()) {
            run.retrained.put(Keys.checkpoint(checkpoint), checkpoint);
            draft(checkpoint.getRetraining().get().getIntervention());
        } else {
            run.checkpoints.put(checkpoint.getStep(), checkpoint);
        }
    }

    /** Of steps there may be hundreds of thousands: what they say is not kept. */
    void manifest(Manifest manifest) {
        if (manifest.getAbout() instanceof RunManifest about) {
            run(manifest.getRun()).manifest =
                    RunManifest.newBuilder(about).setTokenizer(null).build();
        }
    }

    void reject(Reject reject, Instant at) {
        dirty = true;
        rejected++;
        rejectsTouched = rejected;
        rejects.addFirst(new RejectSeen(Reject.newBuilder(reject).setValue(null).build(), at));
        if (rejects.size() > MOST_REJECTS) {
            rejects.removeLast();
        }
        reject.getKey()
                .filter(drafts::containsKey)
                .ifPresent(id -> draft(id).refusal = reject.getReason());
        refusals.put(reject.getKey().orElse(""), reject.getReason());
    }

    /** Of interventions that were not known when their refusal came. */
    private final Map<String, String> refusals =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > MOST_REJECTS;
                }
            };

    void schema(RegisteredSchema schema) {
        dirty = true;
        schemas.putIfAbsent(schema.id(), schema);
    }

    private Draft draft(String id) {
        dirty = true;
        var draft =
                drafts.computeIfAbsent(
                        id,
                        fresh -> {
                            var made = new Draft();
                            made.refusal = refusals.get(fresh);
                            return made;
                        });
        touched.put(id, draft);
        return draft;
    }

    private RunDraft run(String name) {
        dirty = true;
        var run = runs.computeIfAbsent(name, fresh -> new RunDraft());
        touchedRuns.put(name, run);
        return run;
    }

    /** Whether anything came since the last board. */
    boolean isDirty() {
        return dirty;
    }

    /** Everything that came so far. */
    Board board(Broker broker) {
        long version = board.version() + 1;
        var said = board.said();
        for (var draft : touched.values()) {
            if (draft.published == null) {
                continue;
            }
            if (draft.born == 0) {
                draft.born = version;
            }
            var stage = draft.watched(version).stage().name();
            if (draft.moved || !stage.equals(draft.stage)) {
                draft.settled = version;
                draft.moved = false;
            }
            draft.latest = draft.watched(version);
            if (board.complete() && !stage.equals(draft.stage)) {
                said = new Said("%s: %s".formatted(draft.latest.name(), stage), version);
            }
            draft.stage = stage;
        }
        touchedRuns.forEach((name, run) -> run.latest = run.watched(name, version));
        board =
                new Board(
                        version,
                        true,
                        broker,
                        broker.equals(board.broker()) ? board.brokerChanged() : version,
                        said,
                        touched.isEmpty() ? board.interventions() : newestFirst(),
                        touchedRuns.isEmpty() ? board.runs() : latestRuns(),
                        rejectsTouched == 0 ? board.rejects() : List.copyOf(rejects),
                        rejected,
                        rejectsTouched == 0 ? board.rejectsChanged() : version,
                        new LinkedHashMap<>(schemas));
        touched.clear();
        touchedRuns.clear();
        rejectsTouched = 0;
        dirty = false;
        return board;
    }

    private LinkedHashMap<String, Watched> newestFirst() {
        var all = new LinkedHashMap<String, Watched>();
        drafts.values().stream()
                .filter(draft -> draft.latest != null)
                .map(draft -> draft.latest)
                .sorted(Comparator.comparing(Watched::at).reversed().thenComparing(Watched::id))
                .forEach(watched -> all.put(watched.id(), watched));
        return all;
    }

    private SortedMap<String, WatchedRun> latestRuns() {
        var all = new TreeMap<String, WatchedRun>();
        runs.forEach((name, run) -> all.put(name, run.latest));
        return all;
    }
}
