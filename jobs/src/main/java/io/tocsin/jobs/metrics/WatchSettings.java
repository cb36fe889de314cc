// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.models.detectors.BandSettings;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.entities.EntitySettings;
import io.tocsin.models.series.SeriesPolicies;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the series of an entity are looked at together.
 *
 * @param together when what several series do together is unusual
 * @param episodes when deviating values become a finding
 * @param band the detector of single series
 * @param learnUntil what arrived before this time is told to nobody
 * @param coreHourUsd what an hour of a core costs, in US dollars
 * @param policies what series are about
 */
public record WatchSettings(
    EntitySettings together,
    EpisodeSettings episodes,
    BandSettings band,
    @Nullable Instant learnUntil,
    double coreHourUsd,
    Policies policies)
    implements Serializable {

  /** Makes policies where they are needed. */
  @FunctionalInterface
  public interface Policies extends Serializable {
    SeriesPolicies make();
  }
}
