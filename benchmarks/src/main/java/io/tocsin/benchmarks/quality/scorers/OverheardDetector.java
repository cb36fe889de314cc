// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.scorers;

import io.tocsin.models.detectors.Detector;
import io.tocsin.models.detectors.Effect;
import io.tocsin.models.detectors.Relatives;
import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.rows.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A detector whose last verdict can be heard; it changes nothing. */
final class OverheardDetector implements Detector {
  private final Detector detector;
  private double score;

  OverheardDetector(Detector detector) {
    this.detector = detector;
  }

  /** For a sample that may be judged or not. */
  void forget() {
    score = 0;
  }

  /** Of the last verdict; 0 when there was none. */
  double score() {
    return score;
  }

  @Override
  public String name() {
    return detector.name();
  }

  @Override
  public int layout() {
    return detector.layout();
  }

  @Override
  public List<String> models() {
    return detector.models();
  }

  @Override
  public int rowBytes() {
    return detector.rowBytes();
  }

  @Override
  public int profileBytes() {
    return detector.profileBytes();
  }

  @Override
  public boolean wantsProfile(Row state, long time) {
    return detector.wantsProfile(state, time);
  }

  @Override
  public boolean changesProfile(Row state, long time) {
    return detector.changesProfile(state, time);
  }

  @Override
  public void judge(
      Row state, @Nullable Row profile, long time, double value, Effect effect, Verdict verdict) {
    detector.judge(state, profile, time, value, effect, verdict);
    score = verdict.score();
  }

  @Override
  public void band(Row state, Verdict verdict) {
    detector.band(state, verdict);
  }

  @Override
  public void learn(Row state, @Nullable Row profile, long time, double value, double weight) {
    detector.learn(state, profile, time, value, weight);
  }

  @Override
  public void rebase(Row state, @Nullable Row profile, long time, double value) {
    detector.rebase(state, profile, time, value);
  }

  @Override
  public void inherit(Row state, @Nullable Row profile, Relatives relatives, long time) {
    detector.inherit(state, profile, relatives, time);
  }

  @Override
  public void migrate(int layout, Row old, Row migrated) {
    detector.migrate(layout, old, migrated);
  }

  @Override
  public void migrateProfile(int layout, Row old, Row migrated) {
    detector.migrateProfile(layout, old, migrated);
  }
}
