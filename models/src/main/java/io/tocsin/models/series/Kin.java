// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.detectors.Episode;
import io.tocsin.models.detectors.Relatives;
import io.tocsin.models.rows.Row;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the relatives of a new series among the newest of its chain: the oldest of those that are
 * alive and have no finding under way; else the newest that are silent, as the predecessor of a
 * lone pod is; else those that have a finding. One instance, moved from search to search.
 */
final class Kin implements Relatives {
  /** A chain is walked no further. */
  private static final int WALKED = 32;

  /** More say little more. */
  private static final int MOST = 8;

  private final long silence;
  private final Episode episode;
  private final int[] walked = new int[WALKED];
  private final int[] chosen = new int[MOST];
  private final Row row = new Row();
  private final Row state = new Row();
  private final Row profile = new Row();
  private @Nullable SeriesTable table;
  private boolean siblings;
  private boolean hasProfile;
  private int size;

  /**
   * @param silence a series of which nothing arrived for longer is not alive, ms
   */
  Kin(long silence, Episode episode) {
    this.silence = silence;
    this.episode = episode;
  }

  /**
   * Looks for relatives; there may be none.
   *
   * @param arrival when the first sample of the new series was received, ms since the epoch
   */
  void find(SeriesTable in, RelativeKeys keys, long arrival) {
    table = in;
    siblings = true;
    find(in, in.siblings, keys.siblings(), arrival);
    if (size == 0) {
      siblings = false;
      find(in, in.metrics, keys.metric(), arrival);
    }
  }

  private void find(SeriesTable in, RowChains chains, long key, long arrival) {
    int count = 0;
    for (int at = chains.first(key); at != LongIndex.NONE && count < WALKED; at = chains.next(at)) {
      walked[count++] = at;
    }
    size = 0;
    choose(in, count, Rank.ALIVE, arrival);
    choose(in, count, Rank.SILENT, arrival);
    choose(in, count, Rank.DEVIATING, arrival);
  }

  /** What is known of a relative, the best first. */
  private enum Rank {
    ALIVE,
    SILENT,
    DEVIATING
  }

  private void choose(SeriesTable in, int count, Rank rank, long arrival) {
    if (size > 0) {
      return;
    }
    hasProfile = false;
    for (int i = 0; i < count && size < MOST; i++) {
      int candidate = walked[rank == Rank.ALIVE ? count - 1 - i : i];
      in.scored.peek(candidate, 0, row);
      if (rank(arrival) == rank) {
        chosen[size++] = candidate;
        hasProfile |= ScoredSeries.profile(row) >= 0;
      }
    }
  }

  private Rank rank(long arrival) {
    if (episode.active(row)) {
      return Rank.DEVIATING;
    }
    return arrival - row.getLong(ScoredSeries.LAST_ARRIVAL) <= silence ? Rank.ALIVE : Rank.SILENT;
  }

  /** Whether one of the relatives has a profile. */
  boolean hasProfile() {
    return hasProfile;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean siblings() {
    return siblings;
  }

  @Override
  public void move(int number) {
    SeriesTable in = Objects.requireNonNull(table);
    in.scored.peek(chosen[number], 0, row);
    in.scored.peek(chosen[number], ScoredSeries.DETECTOR, state);
  }

  @Override
  public Row state() {
    return state;
  }

  @Override
  public @Nullable Row profile() {
    int number = ScoredSeries.profile(row);
    if (number < 0) {
      return null;
    }
    Objects.requireNonNull(table).profiles.peek(number, 0, profile);
    return profile;
  }

  @Override
  public long interval() {
    return Math.round(row.getFloat(ScoredSeries.INTERVAL));
  }
}
