package org.spikelet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example04MoonsTest {

  @TempDir Path folder;

  @Test
  void separatesTheMoonsAndDrawsTheBoundary() throws IOException {
    Path picture = folder.resolve("moons.png");

    double right = Example04Moons.run(picture);

    assertThat(right).isGreaterThan(0.98);
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isEqualTo(640);
  }
}
