package course;

import course.Tape.Value;
import java.util.List;

/** Chapter 4: walking back, and values used twice. */
public final class Backward {

  private Backward() {}

  /**
   * Returns the derivative of the output in each value of its tape, in the order of the tape.
   *
   * @param output any value of a tape
   */
  public static double[] gradients(Value output) {
    List<Value> tape = output.tape().values();
    double[] gradients = new double[tape.size()];
    // Gap walk: begin with what is known, the derivative of the output in itself. Then go from the
    // output's index down to 0; what each value passes back is added to its inputs' gradients.
    gradients[output.index()] = 1;
    for (int i = output.index(); i >= 0; i--) {
      Value value = tape.get(i);
      double[] passed = value.back(gradients[i]);
      for (int k = 0; k < passed.length; k++) {
        gradients[value.inputs().get(k).index()] += passed[k];
      }
    }
    return gradients;
    // End of gap.
  }
}
