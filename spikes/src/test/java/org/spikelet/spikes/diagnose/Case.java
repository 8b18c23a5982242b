package org.spikelet.spikes.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.SpikeRecorder;
import org.spikelet.spikes.replay.Evaluation;
import org.spikelet.spikes.replay.Replay;

/** One recorded spike, for tests of what the doctor's parts make of it. */
final class Case {

  final RecordedFacts recorded;
  final ReplayedFacts replayed;
  final FurtherTests tests;
  private final Replay replay;

  private Case(SpikeRecorder recorder, Recording recording) {
    recorded = new RecordedFacts(recorder, recording);
    replay = new Replay(recorder.trainer(), recording);
    Evaluation evaluation =
        new Evaluation(recorder.trainer(), recorder.parameters(), recording.start());
    int[] all = IntStream.range(0, recorder.trainer().loader().data().size()).toArray();
    CourseWatcher watcher = new CourseWatcher(recorded, evaluation, all);
    replay.unchanged(watcher);
    replayed = ReplayedFacts.of(recorded, watcher);
    tests = new FurtherTests(recorded, replay, evaluation, all, all);
  }

  /** The spike with this onset. */
  static Case of(SpikeRecorder recorder, long onset) {
    return new Case(
        recorder,
        recorder.recordings().stream()
            .filter(recording -> recording.onset() == onset)
            .findFirst()
            .orElseThrow());
  }

  Treatments treatments(ReplayedFacts facts) {
    return new Treatments(new Facts(recorded, facts), replay, 2, 1);
  }

  Replay replay() {
    return replay;
  }

  /** What a consultation writes down. */
  Notes consult() {
    return consult(replayed);
  }

  /** The same if the replay had shown something else. */
  Notes consult(ReplayedFacts facts) {
    return new Consultation(new Facts(recorded, facts), tests, treatments(facts)).hold();
  }

  /** Facts with a hindsight ratio, a probe, and rows to blame that are told. */
  ReplayedFacts facts(double hindsight, Probe probe, Set<Integer> top) {
    return facts(replayed.course(), hindsight, probe, top, replayed.largestRms());
  }

  static ReplayedFacts facts(
      Course course, double hindsight, Probe probe, Set<Integer> top, double largestRms) {
    return new ReplayedFacts(course, hindsight, probe, top, largestRms, Double.NaN);
  }

  /** What was written down of a symptom. */
  static Optional<Evidence> evidence(Notes notes, Symptom symptom) {
    return notes.evidence().stream().filter(e -> e.symptom() == symptom).findFirst();
  }

  /** The treatments that a decision rested on. */
  static List<Treatment> deciding(Notes notes) {
    return notes.deciding().stream().map(TreatmentResult::treatment).toList();
  }
}
