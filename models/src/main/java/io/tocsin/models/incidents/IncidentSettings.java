// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import java.io.Serializable;
import java.time.Duration;

/**
 * When findings become an incident, and how much of it is kept and told.
 *
 * @param window how long before an incident's onset a finding may have begun to belong to it
 * @param holdOff how long all symptoms must be over before an incident is
 * @param updateInterval the least time between two transitions of an incident that lasts
 * @param changeWindow how long before an incident's onset a change is still looked at
 * @param watchedRetention how long something that is not seen any more is remembered
 * @param splitAfter how long two problems of one incident must be there, without a way of calls
 *     between them, before they are two incidents
 * @param perDay how many incidents of a cluster a day are wanted, most; more are told as well, and
 *     say so
 * @param language in which titles and alerts are written
 * @param opening what it takes to open an incident
 * @param silence when a finding that is not heard of any more counts as ended
 * @param critical what makes an incident critical
 * @param limits how much is kept and told
 */
public record IncidentSettings(
    Duration window,
    Duration holdOff,
    Duration updateInterval,
    Duration changeWindow,
    Duration watchedRetention,
    Duration splitAfter,
    int perDay,
    Language language,
    Opening opening,
    Silence silence,
    Critical critical,
    Limits limits)
    implements Serializable {

  /** What holds unless it is configured. */
  public static final IncidentSettings DEFAULTS =
      new IncidentSettings(
          Duration.ofMinutes(10),
          Duration.ofMinutes(3),
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofMinutes(1),
          20,
          Language.ENGLISH,
          new Opening(5, 2.0, 1.5, 5.0),
          new Silence(5, Duration.ofMinutes(5)),
          new Critical(3.0, 3),
          new Limits(500, 64, 5_000, 20_000, 5, 6, 8));

  public IncidentSettings {
    requirePositive(window, "window");
    requirePositive(holdOff, "holdOff");
    requirePositive(updateInterval, "updateInterval");
    requirePositive(changeWindow, "changeWindow");
    requirePositive(watchedRetention, "watchedRetention");
    requirePositive(splitAfter, "splitAfter");
    require(perDay >= 1, "perDay must be 1 or more");
  }

  /**
   * What it takes to open an incident: a symptom that lasts, or strong evidence about one entity.
   *
   * @param metrics how many different metrics must deviate at the same time where nothing is felt
   * @param score how far each of them must
   * @param errors how far new errors in its log, or more of them, must, which open one alone
   * @param once how far a symptom must that has been seen by one sample alone
   */
  public record Opening(int metrics, double score, double errors, double once)
      implements Serializable {
    public Opening {
      require(metrics >= 2, "metrics must be 2 or more");
      require(score >= 1, "score must be 1 or more");
      require(errors >= 1, "errors must be 1 or more");
      require(once >= 1, "once must be 1 or more");
    }
  }

  /**
   * When a finding that is not heard of any more counts as ended: after the longer of the two.
   *
   * @param intervals in intervals of its series
   * @param least in time
   */
  public record Silence(int intervals, Duration least) implements Serializable {
    public Silence {
      require(intervals >= 1, "intervals must be 1 or more");
      requirePositive(least, "least");
    }
  }

  /**
   * What makes an incident critical: either of the two.
   *
   * @param score a symptom as strong as this
   * @param services so many services or workloads with symptoms
   */
  public record Critical(double score, int services) implements Serializable {
    public Critical {
      require(score >= 1, "score must be 1 or more");
      require(services >= 2, "services must be 2 or more");
    }
  }

  /**
   * How much is kept and told.
   *
   * @param members findings kept of one incident; the weakest go first
   * @param open open incidents of one cluster
   * @param pooled findings of one cluster that belong to no incident; the weakest go first
   * @param watched entities of one cluster; those not seen for longest go first
   * @param suspects suspects listed
   * @param evidence pieces of evidence listed for each suspect, and symptoms listed
   * @param cleared entities listed as ruled out, and changes listed
   */
  public record Limits(
      int members, int open, int pooled, int watched, int suspects, int evidence, int cleared)
      implements Serializable {
    public Limits {
      require(members >= 10, "members must be 10 or more");
      require(open >= 1, "open must be 1 or more");
      require(pooled >= 10, "pooled must be 10 or more");
      require(watched >= 10, "watched must be 10 or more");
      require(suspects >= 1, "suspects must be 1 or more");
      require(evidence >= 1, "evidence must be 1 or more");
      require(cleared >= 0, "cleared must be 0 or more");
    }
  }

  private static void requirePositive(Duration duration, String name) {
    require(duration.compareTo(Duration.ZERO) > 0, name + " must be longer than zero");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
