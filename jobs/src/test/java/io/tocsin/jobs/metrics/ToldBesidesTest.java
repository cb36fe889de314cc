// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.models.changes.Change;
import io.tocsin.models.changes.ObjectFact;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.EntityLabels;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.KubeObject;
import io.tocsin.models.topology.ObjectLink;
import io.tocsin.models.topology.SeenEdge;
import io.tocsin.models.topology.TopologyRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** What the metrics job tells beside findings: who calls whom, and what was changed. */
@SuppressWarnings("try") // closing may be interrupted, and then the test fails
class ToldBesidesTest {
  private static final long HOUR = 3_600_000;
  private static final String CART_POD = "cart-5d4f8c7b9-x2x4z";

  @Test
  void labelsAndValuesOfSeriesTellOfCallsAndChanges() throws Exception {
    List<byte[]> bodies = new ArrayList<>();
    byte[] calls =
        labels("traces_service_graph_request_total", "client", "checkout", "server", "payments");
    byte[] generation =
        labels("kube_deployment_metadata_generation", "namespace", "shop", "deployment", "cart");
    byte[] replicas = labels("kube_statefulset_replicas", "statefulset", "orders");
    byte[] restarts =
        labels("kube_pod_container_status_restarts_total", "pod", CART_POD, "container", "sidecar");
    byte[] image =
        labels(
            "kube_pod_container_info", "pod", CART_POD, "image", "sha256:0a", "image_spec", "c:1");
    byte[] runtimes = labels("kube_pod_container_info", "pod", "ads-0", "image", "ads:1");
    byte[] owner =
        labels(
            "kube_pod_owner",
            "namespace",
            "shop",
            "pod",
            "db-0",
            "owner_kind",
            "StatefulSet",
            "owner_name",
            "db");
    for (int scrape = 0; scrape < 3; scrape++) {
      RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
      long time = Bodies.START + scrape * Bodies.STEP;
      encoder.sample(calls, time, scrape);
      encoder.sample(generation, time, scrape < 2 ? 6 : 7);
      encoder.sample(replicas, time, scrape < 1 ? 3 : 5);
      encoder.sample(restarts, time, scrape < 2 ? 0 : 1);
      encoder.sample(image, time, 1);
      encoder.sample(runtimes, time, 1);
      encoder.sample(owner, time, 1);
      bodies.add(encoder.finish());
    }
    try (var harness = scoring()) {
      for (ShardBatch batch : Bodies.batches(bodies)) {
        harness.processElement(batch, batch.arrival());
      }
      assertThat(side(harness, ScoreSeries.TOPOLOGY))
          .extracting(TopologyRecord::key)
          .containsExactlyInAnyOrder("///checkout// > ///payments//", "/shop/Pod/db-0/owner");
      assertThat(side(harness, ScoreSeries.FACTS))
          .extracting(ToldBesidesTest::text)
          .containsExactlyInAnyOrder(
              "IMAGE cart =c:1",
              "IMAGE ads =ads:1",
              "GENERATION cart  6 to 7",
              "REPLICAS orders  3 to 5",
              "RESTARTS cart sidecar 0 to 1");
    }
  }

  @Test
  void callsThatSayNothingOfOthersAreCountedAndNotTold() {
    MetricListener metrics = new MetricListener();
    Announcements announcements =
        new Announcements(EntityLabels.DEFAULTS, metrics.getMetricGroup());
    String graph = "traces_service_graph_request_total";
    List<CallEdge> told = new ArrayList<>();
    Announcements.Listener listener =
        new Announcements.Listener() {
          @Override
          public void topology(TopologyRecord record) {
            told.add(record.edge().edge());
          }

          @Override
          public void fact(ObjectFact fact) {}
        };
    announcements.see(series(graph, "client", "cart", "server", "cart"), HOUR, listener);
    announcements.see(series(graph, "client", "user", "server", "cart"), HOUR, listener);
    announcements.see(series(graph, "client", "cart", "server", "unknown"), HOUR, listener);
    announcements.see(series(graph, "client", "cart", "server", "mail"), HOUR, listener);
    assertThat(told).extracting(CallEdge::text).containsExactly("cart calls mail");
    assertThat(refused(metrics, "self")).isEqualTo(1);
    assertThat(refused(metrics, "nameless")).isEqualTo(2);
  }

  private static byte[] series(String metric, String... others) {
    return LabelBytes.write(Labels.of(others).with(Labels.NAME, metric));
  }

  private static long refused(MetricListener metrics, String fate) {
    return metrics
        .getCounter("fate", fate, "tocsin_call_edges_refused_total")
        .orElseThrow()
        .getCount();
  }

  private static String text(ObjectFact fact) {
    String what = fact.kind() + " " + fact.workload().workload() + " " + fact.detail();
    return fact.kind() == ObjectFact.Kind.IMAGE
        ? what
        : what + " %.0f to %.0f".formatted(fact.before(), fact.after());
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, ShardBatch, ?> scoring()
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new ScoreSeries(MetricsSettings.DEFAULTS)),
            batch -> Shards.key(batch.shard()),
            Types.INT,
            Shards.COUNT,
            1,
            0);
    harness.open();
    return harness;
  }

  private static <T> List<T> side(
      OneInputStreamOperatorTestHarness<?, ?> harness, OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  private static byte[] labels(String metric, String... others) {
    Labels labels = Labels.of(others).with(Labels.NAME, metric);
    return RemoteWriteEncoder.encodeLabels(labels);
  }

  @Test
  void aCallIsToldOnceAnHourAndAFloodOfThemIsBounded() throws Exception {
    try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(new TellTopology())) {
      for (int i = 0; i < 10; i++) {
        harness.processElement(seen("a", "b", i), i);
      }
      assertThat(harness.extractOutputValues()).hasSize(1);
      harness.processElement(seen("a", "b", HOUR), HOUR);
      assertThat(harness.extractOutputValues()).hasSize(2);
      for (int i = 0; i < TellTopology.MOST_CALLS + 100; i++) {
        harness.processElement(seen("flood", "peer-" + i, HOUR), HOUR);
      }
      assertThat(harness.extractOutputValues()).hasSize(TellTopology.MOST_CALLS + 1);
    }
  }

  @Test
  void aLinkIsToldOnceAnHourAndAtOnceWhenItLeadsElsewhere() throws Exception {
    try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(new TellTopology())) {
      for (int i = 0; i < 10; i++) {
        harness.processElement(runs("db-0", "node-1", i), i);
      }
      harness.processElement(runs("db-0", "node-2", 10), 10);
      assertThat(harness.extractOutputValues()).hasSize(2);
      for (int i = 0; i < TellTopology.MOST_LINKS + 100; i++) {
        harness.processElement(runs("flood-" + i, "node-1", 20), 20);
      }
      harness.processElement(seen("a", "b", 20), 20);
      assertThat(harness.extractOutputValues()).hasSize(TellTopology.MOST_LINKS + 1);
    }
  }

  private static TopologyRecord runs(String pod, String node, long time) {
    return TopologyRecord.of(
        new ObjectLink(KubeObject.pod("", "shop", pod), KubeObject.NODE, node, time));
  }

  private static TopologyRecord seen(String caller, String callee, long time) {
    return TopologyRecord.of(
        new SeenEdge(
            new CallEdge(
                new Entity("", "", "", caller, "", ""), new Entity("", "", "", callee, "", "")),
            time));
  }

  @Test
  void aWorkloadIsRememberedOverARestartAndForgottenInTheEnd() throws Exception {
    OperatorSubtaskState state;
    String id;
    try (var harness = deriving(null)) {
      harness.processElement(fact(ObjectFact.Kind.IMAGE, "app=cart:1", 0), 0);
      harness.processElement(fact(ObjectFact.Kind.GENERATION, "", HOUR), HOUR);
      id = harness.extractOutputValues().get(0).id();
      state = harness.snapshot(1, 1);
    }
    try (var harness = deriving(state)) {
      harness.processElement(fact(ObjectFact.Kind.IMAGE, "app=cart:2", HOUR + 1), HOUR + 1);
      assertThat(harness.extractOutputValues())
          .singleElement()
          .satisfies(
              change -> {
                assertThat(change.id()).isEqualTo(id);
                assertThat(change.version()).isEqualTo("2");
              });
      harness.processWatermark(50 * HOUR);
      harness.processWatermark(99 * HOUR);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ObjectFact, Change> deriving(
      OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new DeriveChanges()), DeriveChanges::key, Types.STRING);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static ObjectFact fact(ObjectFact.Kind kind, String detail, long time) {
    return new ObjectFact(kind, new Entity("", "shop", "cart", "", "", ""), detail, 1, 2, time);
  }
}
