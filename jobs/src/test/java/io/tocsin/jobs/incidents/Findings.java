// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Findings of a few shops in trouble. */
public final class Findings {
  /** 2026-03-01 10:00:00 UTC. */
  public static final long START = 1_772_359_200_000L;

  public static final long SECOND = 1_000;

  private Findings() {}

  public static Entity service(String cluster, String name) {
    return new Entity(cluster, "shop", name, name, "", "");
  }

  public static Finding finding(String id, Entity entity, Role role, long second, double score) {
    long time = START + second * SECOND;
    return new Finding(
        id,
        Phase.STARTED,
        time,
        time,
        time - 20 * SECOND,
        Labels.of("__name__", "metric_" + id, "service", entity.service()),
        entity,
        role,
        "seconds",
        "band",
        Direction.UP,
        score,
        score,
        score,
        0.5,
        0,
        1,
        10 * SECOND,
        0,
        List.of(),
        null);
  }

  static Finding symptom(long second) {
    return finding("s1", service("", "checkout"), Role.SYMPTOM, second, 2);
  }

  static Finding ended(Finding finding, long second) {
    return new Finding(
        finding.id(),
        Phase.ENDED,
        START + second * SECOND,
        START + second * SECOND,
        finding.onset(),
        finding.labels(),
        finding.entity(),
        finding.role(),
        finding.unit(),
        finding.detector(),
        finding.direction(),
        0.1,
        finding.peak(),
        0.5,
        finding.expected(),
        finding.lower(),
        finding.upper(),
        finding.intervalMillis(),
        finding.seen(),
        finding.contributions(),
        null);
  }

  public static FindingsRecord progress(long second, Entity... watched) {
    return FindingsRecord.of(new Progress("metrics", START + second * SECOND, List.of(watched)));
  }

  static Change change(long second) {
    return new Change(
        "c1",
        START + second * SECOND,
        "deploy",
        service("", "checkout"),
        "checkout 1.42",
        "1.42",
        "jan",
        "");
  }

  /** Three failures of shops of different sizes, each of findings of one minute. */
  static List<List<Finding>> failures() {
    List<List<Finding>> all = new ArrayList<>();
    for (int failure = 0; failure < 3; failure++) {
      Random random = new Random(failure);
      List<Finding> story = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        Role role = i % 3 == 0 ? Role.SYMPTOM : Role.EVIDENCE;
        Entity entity = service("", "service-" + random.nextInt(3 + 3 * failure));
        double score = 1 + random.nextDouble() * 6;
        story.add(finding("f" + i, entity, role, random.nextInt(60), score));
      }
      all.add(story);
    }
    return all;
  }

  /** Half an hour of findings in two clusters, by time, with a mark of progress each step. */
  static List<FindingsRecord> story(long seed, long stepSeconds) {
    Random random = new Random(seed);
    List<FindingsRecord> records = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Entity entity = service("cluster-" + random.nextInt(2), "service-" + random.nextInt(9));
      Role role = random.nextInt(4) == 0 ? Role.SYMPTOM : Role.EVIDENCE;
      double score = 0.5 + random.nextDouble() * 4;
      Finding finding = finding("f" + i, entity, role, random.nextInt(900), score);
      records.add(FindingsRecord.of(finding));
      long end = (finding.time() - START) / SECOND + 10 + random.nextInt(200);
      // Some fall silent and never say that they are over.
      if (i % 7 != 0) {
        records.add(FindingsRecord.of(ended(finding, end)));
      }
    }
    for (long second = 0; second <= 1_800; second += stepSeconds) {
      records.add(progress(second));
    }
    records.add(progress(0, service("cluster-0", "quiet"), service("cluster-1", "quiet")));
    records.sort(
        Comparator.comparingLong(FindingsRecord::time)
            .thenComparing(record -> record.progress() != null));
    return records;
  }
}
