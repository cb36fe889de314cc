// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingDraft;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.KubeObject;
import io.tocsin.models.topology.ObjectLink;
import io.tocsin.models.topology.OwnerSettings;
import io.tocsin.models.topology.Owners;
import io.tocsin.models.topology.Topology;
import io.tocsin.models.topology.TopologySettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Findings as a test tells them, and the incidents that come of them. */
final class Story {
  /** 2026-03-01 10:00:00 UTC. */
  static final long START = 1_772_359_200_000L;

  static final long SECOND = 1_000;
  static final long MINUTE = 60_000;
  static final long RETENTION = 15 * MINUTE;

  final IncidentSettings settings;
  final Bookkeeping bookkeeping;
  final List<Incident> transitions = new ArrayList<>();
  IncidentBook book = new IncidentBook();

  private final TreeMap<Long, List<FindingsRecord>> records = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Feedback> feedback = new ArrayList<>();
  private final Topology topology = new Topology(TopologySettings.DEFAULTS);
  private final Owners owners = new Owners(OwnerSettings.DEFAULTS);

  Story() {
    this(IncidentSettings.DEFAULTS);
  }

  Story(IncidentSettings settings) {
    this.settings = settings;
    this.bookkeeping = new Bookkeeping(settings, RETENTION);
  }

  static Entity service(String namespace, String name) {
    return new Entity("", namespace, name, name, "", "");
  }

  /** A finding about {@code namespace/service}, with an onset two intervals before the record. */
  static Finding finding(String about, String metric, Role role, long second, double score) {
    String[] parts = about.split("/", -1);
    return new FindingDraft(about + ":" + metric, role, START + second * SECOND, score)
        .labels(Labels.of(Labels.NAME, metric, "namespace", parts[0], "service", parts[1]))
        .entity(service(parts[0], parts[1]))
        .finding();
  }

  static Finding symptom(String about, long second, double score) {
    return finding(about, "latency_seconds", Role.SYMPTOM, second, score);
  }

  static Finding evidence(String about, String metric, long second, double score) {
    return finding(about, metric, Role.EVIDENCE, second, score);
  }

  static Finding at(Finding finding, Phase phase, long second, double score) {
    return FindingDraft.like(finding)
        .phase(phase)
        .at(START + second * SECOND)
        .score(score)
        .finding();
  }

  static Finding named(Finding finding, String id) {
    return FindingDraft.like(finding).id(id).finding();
  }

  static Finding of(Finding finding, Entity entity, Direction direction) {
    return FindingDraft.like(finding).entity(entity).direction(direction).finding();
  }

  /** The finding's first record. */
  Story starts(Finding finding) {
    return tells(finding);
  }

  /** The finding's first record, then one each minute, then its end. */
  Story lasts(Finding finding, long untilSecond) {
    tells(finding);
    long first = (finding.time() - START) / SECOND;
    for (long second = first + 60; second < untilSecond; second += 60) {
      tells(at(finding, Phase.CONTINUES, second, finding.score()));
    }
    return tells(at(finding, Phase.ENDED, untilSecond, 0.1));
  }

  Story tells(Finding finding) {
    return record(finding.time(), FindingsRecord.of(finding));
  }

  /** A record that was told before is told once more, at another time. */
  Story tellsAgain(Finding finding, long second) {
    return record(START + second * SECOND, FindingsRecord.of(finding));
  }

  Story watches(long second, Entity... entities) {
    long time = START + second * SECOND;
    return record(time, FindingsRecord.of(new Progress("metrics", time, List.of(entities))));
  }

  Story changed(Change change) {
    changes.add(change);
    return this;
  }

  /** Says that one service of the shop calls others. */
  Story calls(String caller, String... callees) {
    for (String callee : callees) {
      CallEdge edge = new CallEdge(service("shop", caller), service("shop", callee));
      topology.learn(edge, START);
    }
    return this;
  }

  /** Says that a StatefulSet of the shop owns a pod. */
  Story owns(String owner, String pod) {
    owners.learn(new ObjectLink(KubeObject.pod("", "shop", pod), "StatefulSet", owner, START));
    return this;
  }

  /** Says on which node a pod of a namespace runs. */
  Story runs(String namespace, String pod, String node) {
    owners.learn(new ObjectLink(KubeObject.pod("", namespace, pod), KubeObject.NODE, node, START));
    return this;
  }

  Story said(Feedback word) {
    feedback.add(word);
    return this;
  }

  private Story record(long time, FindingsRecord record) {
    records.computeIfAbsent(time, any -> new ArrayList<>()).add(record);
    return this;
  }

  /** Plays what was told until a time, one time after the other and every deadline between. */
  Story until(long second) {
    return until(second, null);
  }

  /** The same with the records of each time in another order. */
  Story until(long second, Random shuffle) {
    long end = START + second * SECOND;
    while (true) {
      long deadline = bookkeeping.nextDeadline(book);
      long next = records.isEmpty() ? deadline : Math.min(records.firstKey(), deadline);
      if (next > end) {
        return this;
      }
      List<FindingsRecord> released = new ArrayList<>();
      Map.Entry<Long, List<FindingsRecord>> first = records.firstEntry();
      if (first != null && first.getKey() == next) {
        released.addAll(records.pollFirstEntry().getValue());
      }
      if (shuffle != null) {
        Collections.shuffle(released, shuffle);
      }
      transitions.addAll(bookkeeping.advance(book, released, knowledge(), next));
    }
  }

  private Knowledge knowledge() {
    return new Knowledge(changes, topology, owners, Experience.of(feedback));
  }

  /** Whatever is stored and read back goes on as if nothing had happened. */
  Story restored() {
    book = new IncidentBook(book.pages());
    return this;
  }

  List<Incident> with(Transition transition) {
    return transitions.stream().filter(each -> each.transition() == transition).toList();
  }

  Incident last() {
    return transitions.get(transitions.size() - 1);
  }
}
