// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.findings;

import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something unusual about one series, or about the series of one entity together: a span of time,
 * from its onset until the series is within its band again, during which it deviates to one side.
 * Each of its records supersedes the earlier ones of the same id.
 *
 * @param id 16 hexadecimal digits: the hash of series, detector and onset, so that a repeated run
 *     gives the same id
 * @param phase where in its life the finding is
 * @param time of the sample that led to this record, as its sender tells it, ms since the epoch
 * @param arrival when that sample was received, ms since the epoch: the event time of this record,
 *     since nobody can know of a sample before it is there
 * @param onset time of the first deviating sample, ms since the epoch
 * @param labels the series; a derived one carries its derivation in the metric's name, such as
 *     {@code http_request_duration_seconds:p95}
 * @param entity what the series is about
 * @param role what a deviation of this metric may do
 * @param unit unit of the values as Prometheus names it ({@code seconds}, {@code bytes}, {@code
 *     ratio}, {@code per_second}), or empty
 * @param detector which model saw it
 * @param direction to which side it deviates
 * @param score 1.0 is the boundary; below it the finding is weak: evidence that pages nobody
 * @param peak the highest score since the onset
 * @param observed the value
 * @param expected the value the model expected
 * @param lower lower end of the band
 * @param upper upper end of the band
 * @param intervalMillis the usual time between two samples of the series
 * @param seen how many findings of about this size the series had before, up to 127; 0 while it has
 *     not reached the boundary
 * @param contributions of a finding about an entity, the series that have most part in it, the most
 *     telling first; empty for a finding about one series, and where none is left
 * @param log of a finding about log lines, what they show; else null
 */
public record Finding(
    String id,
    Phase phase,
    long time,
    long arrival,
    long onset,
    Labels labels,
    Entity entity,
    Role role,
    String unit,
    String detector,
    Direction direction,
    double score,
    double peak,
    double observed,
    double expected,
    double lower,
    double upper,
    long intervalMillis,
    int seen,
    List<Contribution> contributions,
    @Nullable LogEvidence log) {

  /** How the metric's name begins in what is said of an entity as a whole. */
  public static final String ABOUT_ENTITY = "tocsin_entity_";

  public Finding {
    contributions = List.copyOf(contributions);
  }

  /** The same with a score and a peak of no more than this. */
  public Finding atMost(double most) {
    return changed(entity, Math.min(score, most), Math.min(peak, most), log);
  }

  /** The same with what log lines show of it. */
  public Finding with(LogEvidence shown) {
    return changed(entity, score, peak, shown);
  }

  /** The same about what its entity turned out to be. */
  public Finding about(Entity known) {
    return known.equals(entity) ? this : changed(known, score, peak, log);
  }

  private Finding changed(
      Entity newEntity, double newScore, double newPeak, @Nullable LogEvidence newLog) {
    return new Finding(
        id,
        phase,
        time,
        arrival,
        onset,
        labels,
        newEntity,
        role,
        unit,
        detector,
        direction,
        newScore,
        newPeak,
        observed,
        expected,
        lower,
        upper,
        intervalMillis,
        seen,
        contributions,
        newLog);
  }

  /** Whether it is about an entity as a whole rather than about one series. */
  public boolean aboutEntity() {
    return labels.metric().startsWith(ABOUT_ENTITY);
  }

  /** Whether it has reached the boundary at some time since its onset. */
  public boolean strong() {
    return peak >= 1.0;
  }
}
