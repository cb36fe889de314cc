// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.remotewrite.Rejection.Reason;

/** What remote write demands of a series' labels, in both protocols. */
final class LabelRules {
  private final RemoteWriteLimits limits;
  private final Verdict verdict;

  LabelRules(RemoteWriteLimits limits, Verdict verdict) {
    this.limits = limits;
    this.verdict = verdict;
  }

  /** Checks the lengths of a label's name and value. */
  boolean sizes(int name, int value) {
    if (name == 0 || value == 0) {
      return verdict.reject(
          Reason.LABELS, name == 0 ? "a label name is empty" : "a label value is empty");
    }
    if (name > limits.maxNameBytes() || value > limits.maxValueBytes()) {
      return verdict.reject(Reason.LIMIT, "a label name or value is longer than the limit");
    }
    return true;
  }

  /** Checks how many labels a series has, and that one of them names the metric. */
  boolean complete(int labels, boolean named) {
    if (labels > limits.maxLabels()) {
      return verdict.reject(
          Reason.LIMIT, "it has more labels than the limit " + limits.maxLabels());
    }
    return named
        || verdict.reject(
            Reason.LABELS, labels == 0 ? "it has no labels" : "the label __name__ is missing");
  }

  /** Checks, the slow way, that the names differ: for labels that did not come sorted. */
  boolean distinct(int series, DecodedBody into) {
    return !into.rangesOf(series).duplicates(into.body())
        || verdict.reject(Reason.LABELS, "a label name occurs twice");
  }
}
