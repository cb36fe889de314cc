// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One series with its detector and its episode, judged as the job does it. */
final class OneSeries {
  static final long START = 1_700_006_400_000L;

  final BandDetector detector = new BandDetector(BandSettings.DEFAULTS);
  final Episode episode = new Episode(EpisodeSettings.DEFAULTS, Episode.ROW_BYTES);
  final Verdict verdict = new Verdict();
  final Row state = new Row();
  final Row profile = new Row();
  final RowPages states = new RowPages(BandDetector.ROW_BYTES);

  /** Times at which a finding was first confirmed. */
  final List<Long> strong = new ArrayList<>();

  int findings;
  private final RowPages profiles = new RowPages(BandDetector.PROFILE_BYTES);
  private final Row episodeState = new Row();
  private final Effect effect;
  private final long step;
  private boolean hasProfile;
  private boolean wasStrong;
  private long time = START;

  OneSeries(Effect effect, long step) {
    this.effect = effect;
    this.step = step;
    RowPages episodes = new RowPages(Episode.ROW_BYTES + Episode.HOLD_BYTES);
    states.read(states.add(), state);
    profiles.read(profiles.add(), profile);
    episodes.read(episodes.add(), episodeState);
  }

  long time() {
    return time;
  }

  boolean active() {
    return episode.active(episodeState);
  }

  Direction direction() {
    return episode.direction(episodeState);
  }

  long onset() {
    return episode.onset(episodeState);
  }

  /** Takes in so many values; gives how many findings were confirmed meanwhile. */
  int take(int count, IntToDoubleFunction values) {
    int before = strong.size();
    for (int i = 0; i < count; i++) {
      take(values.applyAsDouble(i));
    }
    return strong.size() - before;
  }

  @Nullable Phase take(double value) {
    time += step;
    hasProfile |= detector.wantsProfile(state, time);
    Row known = hasProfile ? profile : null;
    detector.judge(state, known, time, value, effect, verdict);
    detector.band(state, verdict);
    Phase phase = episode.step(episodeState, time, value, verdict, true, (double) step, 3_600_000);
    findings += phase == Phase.STARTED ? 1 : 0;
    boolean isStrong = episode.active(episodeState) && episode.peak(episodeState) >= 1;
    if (isStrong && !wasStrong) {
      strong.add(time);
    }
    wasStrong = isStrong;
    if (episode.rebased()) {
      detector.rebase(state, known, time, value);
    }
    detector.learn(state, known, time, value, episode.learningWeight(episodeState));
    return phase;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      states.writeTo(new DataOutputStream(out));
      profiles.writeTo(new DataOutputStream(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
