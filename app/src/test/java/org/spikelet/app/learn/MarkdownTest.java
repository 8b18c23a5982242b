package org.spikelet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

  /** Η, the capital of η, would be read as the Hessian's H. */
  @Test
  void aTitleKeepsItsGreekLetters() {
    assertThat(Markdown.terminal("# The limit of η·λ, and 2ⁿ"))
        .isEqualTo("THE LIMIT OF η·λ, AND 2ⁿ\n");
  }
}
