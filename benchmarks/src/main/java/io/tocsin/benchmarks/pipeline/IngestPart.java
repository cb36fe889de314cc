// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.fleet.FleetSettings;
import io.tocsin.benchmarks.fleet.Schedule;
import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.benchmarks.measure.Pairs;
import io.tocsin.connectors.remotewrite.Protocol;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * P1 and P2: the metrics job beside one that only reads and decodes, beside itself with bodies of
 * remote write 2.0, and beside programs that store the same bodies.
 */
final class IngestPart implements PartRun {
  private static final String JOB = "metrics job";
  private static final String DECODE = "read and decode";
  private static final String JOB_V2 = "metrics job, 2.0";

  private final PipelineSettings settings;
  private final Schedule schedule;
  private final FleetSettings fleet;

  IngestPart(PipelineSettings settings) {
    this.settings = settings;
    schedule = Schedule.minutes(settings.minutes());
    fleet = FleetSettings.of(settings.series());
  }

  private boolean peers() {
    return settings.has(Part.P2);
  }

  private int stages() {
    return settings.has(Part.P1) ? 2 : 1;
  }

  private long samples() {
    return (long) settings.series() * schedule.scrapes();
  }

  @Override
  public Part part() {
    return settings.has(Part.P1) ? Part.P1 : Part.P2;
  }

  @Override
  public Needs needs() {
    Needs one = Needs.of(settings.series(), samples(), peers());
    return settings.has(Part.P1) ? one.and(Needs.of(settings.series(), samples(), false)) : one;
  }

  @Override
  public double seconds() {
    double pass = Expected.passSeconds(samples());
    double jobs = settings.has(Part.P1) ? 2.4 : 1;
    double peers = peers() ? settings.peers().size() * 5.0 : 0;
    return stages() * Expected.stageSeconds(samples())
        + (settings.rounds() + 1) * jobs * pass
        + settings.rounds() * peers;
  }

  @Override
  public void run(PipelineRun run) throws Exception {
    Map<Peer, PeerFeed> feeds = new LinkedHashMap<>();
    Flaws flaws = run.results().flaws(part());
    try (Stage stage = run.filled(fleet, schedule)) {
      JobRuns runs = new JobRuns(stage, flaws);
      Rounds rounds = new Rounds();
      rounds.add(JOB, run.told(JOB, () -> runs.metrics(2, JobRuns.CHECKPOINTS)));
      if (settings.has(Part.P1)) {
        rounds.add(DECODE, run.told(DECODE, () -> runs.readAndDecode(2)));
      }
      if (peers()) {
        startPeers(run, stage, feeds);
        feeds.forEach((peer, feed) -> rounds.add(peer.title(), slices(run, peer, feed)));
      }
      measure(run, stage, runs, rounds);
      // What was wrong with the job makes every comparison with it void.
      flaws.all().forEach(run.results().flaws(Part.P2)::add);
      for (Map.Entry<Peer, PeerFeed> peer : feeds.entrySet()) {
        peer(run, rounds, peer.getKey(), peer.getValue());
      }
    } finally {
      feeds.values().forEach(PeerFeed::close);
    }
  }

  private void measure(PipelineRun run, Stage stage, JobRuns runs, Rounds rounds) throws Exception {
    run.tell("Warming up");
    JobRuns.Footprint footprint = runs.footprint();
    if (!settings.has(Part.P1)) {
      rounds.run(settings.rounds());
      return;
    }
    runs.readAndDecode(2);
    Flaws flaws = run.results().flaws(Part.P1);
    try (Stage second = run.filled(fleet.withProtocol(Protocol.V2), schedule)) {
      JobRuns runs2 = new JobRuns(second, flaws);
      runs2.footprint();
      rounds.add(JOB_V2, run.told(JOB_V2, () -> runs2.metrics(2, JobRuns.CHECKPOINTS)));
      rounds.run(settings.rounds());
    }
    job(run, stage, rounds, footprint);
    run.results().put(Part.P1, "unplanted", runs.unplanted());
  }

  private void startPeers(PipelineRun run, Stage stage, Map<Peer, PeerFeed> feeds)
      throws Exception {
    for (Peer peer : settings.peers()) {
      run.tell("Letting " + peer.title() + " learn the series");
      PeerProcess process = PeerProcess.start(peer, run.newDirectory(), run.resources());
      PeerFeed feed = new PeerFeed(process, stage.workload());
      feeds.put(peer, feed);
      feed.send(1);
      feed.send(1);
    }
  }

  /** The scrapes are divided evenly among the rounds. */
  private Pairs.Variant slices(PipelineRun run, Peer peer, PeerFeed feed) {
    int slice = Math.max(1, feed.left() / settings.rounds());
    return run.told(peer.title(), () -> feed.send(slice));
  }

  private void job(PipelineRun run, Stage stage, Rounds rounds, JobRuns.Footprint footprint) {
    Results results = run.results();
    Pairs pairs = rounds.pairs(JOB, DECODE);
    Cost job = pairs.a();
    Workload workload = stage.workload();
    results.put(Part.P1, "p1.ratio", pairs.ratio());
    results.put(Part.P1, "p1.spread", pairs.spread());
    results.put(Part.P1, "series", workload.series());
    results.put(Part.P1, "samples", (double) workload.samples());
    results.put(Part.P1, "planted", workload.broken().size());
    results.put(Part.P1, "ns_per_sample", job.cpuNanosPerSample());
    results.put(Part.P1, "decode.ns_per_sample", pairs.b().cpuNanosPerSample());
    results.put(Part.P1, "samples_per_core_second", job.samplesPerCoreSecond());
    results.put(Part.P1, "samples_per_second", job.samplesPerSecond());
    results.put(Part.P1, "allocated_bytes_per_sample", job.allocatedBytesPerSample());
    results.put(Part.P1, "bytes_per_series", (double) footprint.heapBytes() / workload.series());
    results.put(
        Part.P1,
        "checkpoint_bytes_per_series",
        (double) footprint.checkpoint().bytes() / workload.series());
    double kafkaBytes = (double) workload.bytes() / workload.samples();
    results.put(Part.P1, "kafka_bytes_per_sample", kafkaBytes);
    Pairs protocols = rounds.pairs(JOB_V2, JOB);
    results.put(Part.P1, "v2.ratio", protocols.ratio());
    results.put(Part.P1, "v2.ns_per_sample", protocols.a().cpuNanosPerSample());
  }

  private void peer(PipelineRun run, Rounds rounds, Peer peer, PeerFeed feed) throws Exception {
    Results results = run.results();
    Pairs pairs = rounds.pairs(JOB, peer.title());
    String name = peer.toString();
    String ratio = peer == Peer.VICTORIAMETRICS ? "p2" : "p2b";
    results.put(Part.P2, ratio + ".ratio", pairs.ratio());
    results.put(Part.P2, ratio + ".spread", pairs.spread());
    results.put(Part.P2, name + ".ns_per_sample", pairs.b().cpuNanosPerSample());
    results.put(Part.P2, name + ".samples_per_second", pairs.b().samplesPerSecond());
    results.put(Part.P2, name + ".bytes_per_series", feed.bytesPerSeries());
    feed.check(results.flaws(Part.P2));
  }
}
