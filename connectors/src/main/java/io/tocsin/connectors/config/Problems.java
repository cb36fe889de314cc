// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Gathers what is wrong in one configuration. */
final class Problems {
  private final List<Problem> all = new ArrayList<>();

  void add(String path, Node node, String sentence) {
    add(path, node.getStartMark(), sentence);
  }

  void add(String path, @Nullable Mark mark, String sentence) {
    int line = mark == null ? 0 : mark.getLine() + 1;
    int column = mark == null ? 0 : mark.getColumn() + 1;
    all.add(new Problem(path, line, column, sentence));
  }

  int count() {
    return all.size();
  }

  List<Problem> all() {
    return all;
  }
}
