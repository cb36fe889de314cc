// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a script's audience has told, and what should have been told, one alert after another. */
final class Told {
  /** A finding that reached the boundary, from its first record to its last. */
  record Alert(Finding first, Finding reached, Finding last) {
    @Override
    public String toString() {
      return "%s %s of %s: onset %s, told %s, last %s %s, observed %s, expected %s"
          .formatted(
              reached.detector(),
              reached.direction(),
              reached.labels().metric(),
              at(reached.onset()),
              at(reached.time()),
              last.phase(),
              at(last.time()),
              reached.observed(),
              reached.expected());
    }
  }

  private final List<Finding> findings;
  private final List<Alert> alerts = new ArrayList<>();
  private final Deque<Alert> left = new ArrayDeque<>();
  private final long step;

  Told(List<Finding> findings, long step) {
    this.findings = findings;
    this.step = step;
    Map<String, Alert> byId = new LinkedHashMap<>();
    Map<String, Finding> first = new LinkedHashMap<>();
    for (Finding each : findings) {
      first.putIfAbsent(each.id(), each);
      Alert before = byId.get(each.id());
      if (before != null) {
        byId.put(each.id(), new Alert(before.first, before.reached, each));
      } else if (each.score() >= 1) {
        byId.put(each.id(), new Alert(first.get(each.id()), each, each));
      }
    }
    alerts.addAll(byId.values());
    left.addAll(alerts);
  }

  /** Each record of each finding, weak ones too. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  /** No alert at all. */
  void nothing() {
    assertThat(alerts).isEmpty();
  }

  /** No alert but those asked for before. */
  void nothingElse() {
    assertThat(left).as("alerts beyond those expected, of %s", alerts).isEmpty();
  }

  /** No alert that began at this time or later. */
  void nothingSince(long time) {
    assertThat(alerts).noneMatch(alert -> alert.reached.onset() >= time);
  }

  /** Exactly one alert. */
  Expected once(Direction direction) {
    assertThat(alerts).hasSize(1);
    return then(direction);
  }

  /** Exactly one alert, whatever its direction. */
  Expected onceToEitherSide() {
    assertThat(alerts).hasSize(1);
    return new Expected(left.remove());
  }

  /** The next alert may be one with this onset; it need not. */
  void maybe(Direction direction, long onset) {
    if (!left.isEmpty() && left.element().reached.onset() == onset) {
      then(direction);
    }
  }

  /** Alerts that began before this time are not looked at. */
  void skipBefore(long time) {
    left.removeIf(alert -> alert.reached.onset() < time);
  }

  /** The next alert. */
  Expected then(Direction direction) {
    assertThat(left).as("one more alert than %s", alerts).isNotEmpty();
    Alert alert = left.remove();
    assertThat(alert.reached.direction()).as("direction of %s", alert).isEqualTo(direction);
    return new Expected(alert);
  }

  /** One alert, and what it should be. */
  final class Expected {
    private final Alert alert;

    private Expected(Alert alert) {
      this.alert = alert;
    }

    /** Its first deviating sample is this one. */
    Expected since(long onset) {
      assertThat(at(alert.reached.onset())).as("onset of %s", alert).isEqualTo(at(onset));
      return this;
    }

    /** It began from one time to another. */
    Expected sinceBetween(long from, long to) {
      assertThat(alert.reached.onset()).as("onset of %s", alert).isBetween(from, to);
      return this;
    }

    /** It reached the boundary with so many samples at most, the first deviating one included. */
    Expected within(int samples) {
      return within(Duration.ofMillis((samples - 1) * step));
    }

    /** It reached the boundary at most so long after its onset. */
    Expected within(Duration time) {
      assertThat(alert.reached.time() - alert.reached.onset())
          .as("time to tell %s", alert)
          .isLessThanOrEqualTo(time.toMillis());
      return this;
    }

    /** It reached the boundary so long after its onset at the earliest. */
    Expected toldAfter(Duration time) {
      assertThat(alert.reached.time() - alert.reached.onset())
          .as("time to tell %s", alert)
          .isGreaterThanOrEqualTo(time.toMillis());
      return this;
    }

    /** It was over at this time, or up to so much later, for good. */
    Expected until(long end, Duration atMost) {
      assertThat(alert.last.phase()).as("last phase of %s", alert).isEqualTo(Phase.ENDED);
      assertThat(alert.last.time())
          .as("end of %s, due from %s on", alert, at(end))
          .isBetween(end, end + atMost.toMillis());
      return this;
    }

    /** It was over at the latest at this time. */
    Expected overBy(long end) {
      return until(alert.reached.onset(), Duration.ofMillis(end - alert.reached.onset()));
    }

    /** It lasts. */
    Expected andLasts() {
      assertThat(alert.last.phase()).as("last phase of %s", alert).isNotEqualTo(Phase.ENDED);
      return this;
    }

    /** A model of this name saw it. */
    Expected by(String detector) {
      assertThat(alert.reached.detector()).as("detector of %s", alert).contains(detector);
      return this;
    }

    /** It is about this series. */
    Expected of(Source source) {
      assertThat(alert.reached.labels()).isEqualTo(source.labels());
      return this;
    }

    Finding finding() {
      return alert.reached;
    }
  }

  /** Day and time of day since the script's beginning. */
  private static String at(long time) {
    Duration since = Duration.ofMillis(time - Script.MONDAY);
    return "day %d %02d:%02d:%02d"
        .formatted(
            since.toDays(), since.toHoursPart(), since.toMinutesPart(), since.toSecondsPart());
  }
}
