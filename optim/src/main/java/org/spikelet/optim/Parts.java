package org.spikelet.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.zip.CRC32C;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.file.Section;

/** What a training is made of, to sections of a file and back. */
final class Parts {

  static final String TRAINING = "the loader";
  static final String PARAMETERS = "parameters";
  static final String OPTIMIZER = "optimizer";

  private static final String RATE = "learning rate";
  private static final String STEPS = "steps";
  private static final String STOPPED = "stopped";
  private static final String UPDATES = "updates";

  private Parts() {}

  /** The steps taken, and whether they are all; the loader and its data are settings. */
  static Section training(Trainer trainer, String data) {
    String loader = trainer.loader().settings();
    return new Section(
        TRAINING,
        "",
        loader.substring(0, loader.length() - 1) + ", data=" + data + "]",
        new TreeMap<>(
            Map.of(
                STEPS, Tensor.scalar((double) trainer.steps()),
                STOPPED, Tensor.scalar(trainer.isStopped() ? 1 : 0))));
  }

  static void restoreTraining(Trainer trainer, Section section) {
    trainer.startAt((long) section.tensors().get(STEPS).item());
    if (section.tensors().get(STOPPED).item() == 1) {
      trainer.stop();
    }
  }

  /** A checksum of all numbers of a data set. */
  static String sum(Dataset data) {
    CRC32C sum = new CRC32C();
    for (Tensor tensor : List.of(data.inputs(), data.targets())) {
      byte[] bytes = new byte[8];
      for (double value : tensor.toArray()) {
        long bits = Double.doubleToRawLongBits(value);
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (bits >>> (8 * i));
        }
        sum.update(bytes, 0, bytes.length);
      }
    }
    return "%08x".formatted(sum.getValue());
  }

  static Section parameters(Map<String, Parameter> parameters) {
    return new Section(PARAMETERS, "", "", new LinkedHashMap<>(parameters));
  }

  static void restoreParameters(Map<String, Parameter> parameters, Section section) {
    parameters.forEach((path, parameter) -> parameter.assign(section.tensors().get(path)));
  }

  /** Steps, updates, arrays by name and path, and a learning rate of the schedule. */
  static Section optimizer(Optimizer optimizer, LongFunction<String> path) {
    List<Slot> slots = optimizer.slots();
    double[] updates = slots.stream().mapToDouble(slot -> (double) slot.updates()).toArray();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(STEPS, Tensor.scalar((double) optimizer.steps()));
    tensors.put(RATE, Tensor.scalar(latestRate(optimizer)));
    tensors.put(UPDATES, Tensor.vector(updates));
    for (int k = 0; k < slots.size(); k++) {
      Shape shape = slots.get(k).parameter().shape();
      for (int position = 0; position < optimizer.arrays().size(); position++) {
        String name = optimizer.arrays().get(position) + " of " + path.apply(k);
        tensors.put(name, Tensor.of(shape, slots.get(k).array(position)));
      }
    }
    return new Section(OPTIMIZER, kind(optimizer), text(optimizer.settings()), tensors);
  }

  /** Of the last step: nobody asked the schedule for a later one yet, and it may have no more. */
  private static double latestRate(Optimizer optimizer) {
    return optimizer.schedule().at(Math.max(0, optimizer.steps() - 1));
  }

  static void restoreOptimizer(Optimizer optimizer, LongFunction<String> path, Section section) {
    Map<String, Tensor> tensors = section.tensors();
    optimizer.steps((long) tensors.get(STEPS).item());
    for (int k = 0; k < optimizer.slots().size(); k++) {
      Slot slot = optimizer.slots().get(k);
      slot.updates((long) tensors.get(UPDATES).get(k));
      for (int position = 0; position < optimizer.arrays().size(); position++) {
        Tensor saved = tensors.get(optimizer.arrays().get(position) + " of " + path.apply(k));
        System.arraycopy(saved.toArray(), 0, slot.array(position), 0, saved.size());
      }
    }
  }

  /** To be compared when all else is restored, for a part may change the schedule. */
  static List<String> differencesOfSchedule(Optimizer optimizer, Section section) {
    double saved = section.tensors().get(RATE).item();
    double here = latestRate(optimizer);
    if (Double.doubleToLongBits(saved) == Double.doubleToLongBits(here)) {
      return List.of();
    }
    return List.of(
        "the learning rate of step %s was %s, the schedule here gives %s; schedules come from the program, not from the file: load with the one that was saved, and set another one then"
            .formatted(Math.max(0, optimizer.steps() - 1), saved, here));
  }

  static Section stateful(String name, Stateful part) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    String what = "what " + kind(part) + " saves";
    for (Tensor tensor : Check.given(what, part.save())) {
      tensors.put(String.valueOf(tensors.size()), Check.given(what, tensor));
    }
    return new Section(name, kind(part), text(part.settings()), tensors);
  }

  static void restoreStateful(Stateful part, Section section) {
    part.restore(new ArrayList<>(section.tensors().values()));
  }

  /** The class and the settings. */
  static String words(Stateful part) {
    return kind(part) + text(part.settings());
  }

  private static String text(Object settings) {
    return String.valueOf(settings);
  }

  /** The name of the class; that of a lambda is another one each time. */
  private static String kind(Object part) {
    return part.getClass().isHidden() ? "a lambda" : part.getClass().getName();
  }
}
