package org.spikelet.app.opinion;

import java.util.List;
import java.util.Set;

/** One change of a training in PyTorch, and what its outcome says. */
enum Change {
  DROP_LAST(
      "all spikes are gone",
      Set.of("LAST_BATCH"),
      "torch.manual_seed(0)",
      "loader = DataLoader(data, batch_size=B, shuffle=True, drop_last=True)"),
  IN_ORDER(
      "the spikes are gone or elsewhere",
      Set.of("FIRST_BATCH"),
      "torch.manual_seed(0)",
      "loader = DataLoader(data, batch_size=B, shuffle=False)"),
  OTHER_ORDER(
      "the spikes come at other steps",
      Set.of("HARD_ROWS", "SAME_PLACE", "LARGE_GRADIENT"),
      "order = torch.Generator().manual_seed(1)",
      "loader = DataLoader(data, batch_size=B, shuffle=True, generator=order)"),
  SWITCH_OFF(
      "the spikes are gone",
      Set.of("REGULAR"),
      "evaluate_every = save_every = 10**9",
      "model.train()  # and whatever else is done at that distance: off"),
  KEEP_RATE(
      "the loss does not rise",
      Set.of("LEARNING_RATE"),
      "for group in optimizer.param_groups:",
      "    group[\"lr\"] = min(group[\"lr\"], RATE_BEFORE)  # after scheduler.step()"),
  HALF_RATE(
      "the rise is gone",
      Set.of("INSTABILITY", "LEARNING_RATE", "DIVERGED", "NAN_AFTER_RISE", "STATE_LOST"),
      "for group in optimizer.param_groups:  # from before the rise",
      "    group[\"lr\"] /= 2"),
  OTHER_RATE(
      "the loss falls with one of the rates",
      Set.of("RATE_TOO_SMALL"),
      "for rate in (1e-5, 1e-4, 1e-3, 1e-2, 1e-1):",
      "    train(make_model(), lr=rate, steps=200)"),
  LOAD_WEIGHTS(
      "the loss goes on where it was",
      Set.of("NEW_RUN"),
      "model.load_state_dict(checkpoint[\"model\"])",
      "step = checkpoint[\"step\"] + 1"),
  LOAD_STATE(
      "the loss goes on as before",
      Set.of("STATE_LOST"),
      "optimizer.load_state_dict(checkpoint[\"optimizer\"])",
      "scheduler.load_state_dict(checkpoint[\"scheduler\"])"),
  REPEAT(
      "the repeated steps have the same losses, digit for digit",
      Set.of("RESUMED"),
      "torch.set_rng_state(checkpoint[\"rng\"])",
      "loader.sampler.set_epoch(checkpoint[\"epoch\"])"),
  GO_ON(
      "the loss comes back by itself",
      Set.of("INSTABILITY", "LARGE_GRADIENT"),
      "for _ in range(10 * STEPS_OF_THE_RISE):  # with nothing changed",
      "    train_step(*next(batches))"),
  IDS(
      "the same rows come each time",
      Set.of("SAME_PLACE"),
      "seen.setdefault(step % STEPS_PER_EPOCH, []).append(set(ids.tolist()))",
      "print(set.intersection(*seen[PLACE]))"),
  CLIP(
      "the loss comes back at once",
      Set.of("LARGE_GRADIENT"),
      "norm = torch.nn.utils.clip_grad_norm_(model.parameters(), USUAL_NORM)",
      "optimizer.step()"),
  ROWS(
      "a few rows hold most of the loss",
      Set.of("HARD_ROWS", "SAME_PLACE", "LARGE_GRADIENT"),
      "rows = loss_fn(model(x), y)  # made with reduction=\"none\"",
      "print(step, rows.topk(3).values / rows.sum(), ids[rows.topk(3).indices])"),
  MEASURE_AGAIN(
      "the second value is as usual",
      Set.of("MEASUREMENT"),
      "with torch.no_grad():  # before optimizer.step()",
      "    again = loss_fn(model(x), y).item()"),
  PROBE(
      "the probe rises, too",
      Set.of(
          "INSTABILITY",
          "LARGE_GRADIENT",
          "LEARNING_RATE",
          "STATE_LOST",
          "DIVERGED",
          "NAN_AFTER_RISE"),
      "with torch.no_grad():  # the same rows at each step",
      "    probe = loss_fn(model(x_probe), y_probe).item()"),
  OLD_WEIGHTS(
      "the old weights have the high loss, too",
      Set.of("SHIFT"),
      "model.load_state_dict(torch.load(\"before_the_rise.pt\"))",
      "print(loss_fn(model(x_after), y_after))  # a batch from after it"),
  ANOMALY(
      "it stops at an operation whose inputs were ordinary",
      Set.of("NAN_SUDDEN"),
      "torch.autograd.set_detect_anomaly(True)",
      "assert torch.isfinite(model(x)).all(), (step, ids)"),
  FULL_PRECISION(
      "the loss stays finite",
      Set.of("NAN_SUDDEN", "NAN_AFTER_RISE"),
      "with torch.autocast(\"cuda\", enabled=False):",
      "    loss = loss_fn(model.float()(x.float()), y)"),
  ONE_BATCH(
      "it does not fall on one batch either",
      Set.of("NEVER_FELL"),
      "x, y = next(iter(loader))",
      "for _ in range(500): train_step(x, y)");

  private final String outcome;

  // Names, for the two enums need each other.
  @SuppressWarnings("ImmutableEnumChecker") // a copy
  private final Set<String> underWhich;

  @SuppressWarnings("ImmutableEnumChecker") // a copy
  private final List<String> lines;

  Change(String outcome, Set<String> underWhich, String first, String second) {
    this.outcome = outcome;
    this.underWhich = Set.copyOf(underWhich);
    this.lines = List.of(first, second);
  }

  /** What is to be seen if the hypothesis is right. */
  String outcome() {
    return outcome;
  }

  /** Two lines of PyTorch. */
  List<String> lines() {
    return lines;
  }

  /** Whether this outcome is what the hypothesis foretells. */
  boolean isForetoldBy(Hypothesis hypothesis) {
    return underWhich.contains(hypothesis.name());
  }
}
