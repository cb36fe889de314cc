// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well the text of templates was found, in {@link NormalForm}.
 *
 * <p>Parsing accuracy (Dai et al., Logram, TSE 2020) is the share of lines whose template is that
 * of the truth; the F1 of template accuracy (Khan et al., ICSE 2022) counts templates: one is right
 * when all its lines have this very template in truth.
 *
 * @param accuracy share of the lines, 0 to 1
 * @param f1 harmonic mean of the shares of right templates among those found and those in truth
 */
public record Templates(double accuracy, double f1) {

  /** Compares the templates of lines, in the order of the lines. */
  public static Templates of(List<String> found, List<String> truth) {
    Map<String, String> forms = new HashMap<>();
    Map<String, Set<String>> truthsOf = new HashMap<>();
    Set<String> truths = new HashSet<>();
    int rightLines = 0;
    for (int i = 0; i < found.size(); i++) {
      String of = forms.computeIfAbsent(found.get(i), NormalForm::of);
      String is = forms.computeIfAbsent(truth.get(i), NormalForm::of);
      rightLines += of.equals(is) ? 1 : 0;
      truthsOf.computeIfAbsent(of, template -> new HashSet<>()).add(is);
      truths.add(is);
    }
    int right = 0;
    for (Map.Entry<String, Set<String>> each : truthsOf.entrySet()) {
      right += each.getValue().equals(Set.of(each.getKey())) ? 1 : 0;
    }
    double f1 = right == 0 ? 0 : 2.0 * right / (truthsOf.size() + truths.size());
    return new Templates(found.isEmpty() ? 0 : (double) rightLines / found.size(), f1);
  }
}
