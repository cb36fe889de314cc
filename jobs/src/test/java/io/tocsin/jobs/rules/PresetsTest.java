// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.config.ConfigReader;
import io.tocsin.connectors.config.ConfigText;
import io.tocsin.models.rules.Glob;
import io.tocsin.models.rules.MetricRule;
import io.tocsin.models.rules.MetricRule.Side;
import io.tocsin.models.rules.Role;
import io.tocsin.models.rules.RuleSet;
import io.tocsin.models.rules.Rules;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.NamingRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PresetsTest {
  private static final Rules RULES = Presets.rules(List.of(), Presets.all());
  private static final RuleSet SET = new RuleSet(RULES);

  private static Labels series(String metric, String labels) {
    Map<String, String> all = new HashMap<>();
    all.put(Labels.NAME, metric);
    for (String pair : labels.split(",", -1)) {
      if (!pair.isEmpty()) {
        all.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
    }
    return Labels.of(all);
  }

  private static MetricRule ruleFor(String metric, String labels) {
    Labels series = series(metric, labels);
    return SET.ruleFor(series, NamingRules.kindOf(series));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        // HTTP and gRPC
        "http_requests_total; code=500; SYMPTOM; UP",
        "http_requests_total; status=503; SYMPTOM; UP",
        "http_requests_total; status=5xx; SYMPTOM; UP",
        "http_requests_total; code=404; EVIDENCE; UP",
        "http_requests_total; code=200; EVIDENCE; BOTH",
        "http_requests_total; ; EVIDENCE; BOTH",
        "http_server_requests_seconds_count; status=500,uri=/buy; SYMPTOM; UP",
        "http_server_requests_seconds:p95; status=200,uri=/buy; SYMPTOM; UP",
        "http_server_requests_seconds:p95; status=500,uri=/buy; EVIDENCE; UP",
        "http_server_requests_seconds_max; status=200; EVIDENCE; UP",
        "http_server_request_duration_seconds_count; http_response_status_code=502; SYMPTOM; UP",
        "http_server_request_duration_seconds:p95; http_route=/; SYMPTOM; UP",
        "http_server_duration_milliseconds:p95; ; SYMPTOM; UP",
        "http_request_duration_seconds:p95; handler=/; SYMPTOM; UP",
        "http_request_duration_seconds; quantile=0.95; SYMPTOM; UP",
        "http_request_duration_seconds; quantile=0.99; EVIDENCE; UP",
        "http_client_requests_seconds_count; status=500; EVIDENCE; UP",
        "http_client_request_duration_seconds:p95; ; EVIDENCE; UP",
        "grpc_server_handled_total; grpc_code=Unavailable; SYMPTOM; UP",
        "grpc_server_handled_total; grpc_code=NotFound; EVIDENCE; BOTH",
        "grpc_server_handled_total; code=INTERNAL; SYMPTOM; UP",
        "grpc_server_handling_seconds:p95; grpc_type=unary; SYMPTOM; UP",
        "grpc_server_handling_seconds:p95; grpc_type=bidi_stream; IGNORED; BOTH",
        "rpc_server_duration_milliseconds_count; rpc_grpc_status_code=14; SYMPTOM; UP",
        "rpc_server_duration_milliseconds_count; rpc_grpc_status_code=0; EVIDENCE; BOTH",
        "istio_requests_total; response_code=503; SYMPTOM; UP",
        "istio_requests_total; response_code=0; SYMPTOM; UP",
        "istio_requests_total; response_code=200; EVIDENCE; BOTH",
        "istio_request_duration_milliseconds:p95; response_code=200; SYMPTOM; UP",
        "traefik_service_requests_total; code=502; SYMPTOM; UP",
        "traefik_entrypoint_requests_total; code=502; EVIDENCE; BOTH",
        "nginx_ingress_controller_requests; status=504; SYMPTOM; UP",
        "nginx_ingress_controller_config_last_reload_successful; ; IGNORED; BOTH",
        "envoy_cluster_upstream_rq_xx; envoy_response_code_class=5; SYMPTOM; UP",
        "envoy_cluster_upstream_rq_time:p95; ; SYMPTOM; UP",
        "haproxy_backend_http_responses_total; code=5xx; SYMPTOM; UP",
        // Linkerd
        "response_total; direction=inbound,classification=failure,status_code=500; SYMPTOM; UP",
        "response_total; direction=inbound,classification=success,status_code=404; EVIDENCE; UP",
        "response_total; direction=inbound,classification=success,status_code=200; IGNORED; BOTH",
        "response_total; direction=outbound,classification=failure; EVIDENCE; UP",
        "response_total; ; EVIDENCE; BOTH",
        "request_total; direction=inbound; EVIDENCE; BOTH",
        "request_total; direction=outbound; EVIDENCE; BOTH",
        "response_latency_ms:p95; direction=inbound,status_code=200; SYMPTOM; UP",
        "response_latency_ms:p95; direction=inbound,status_code=503; EVIDENCE; UP",
        "response_latency_ms:p95; direction=outbound,status_code=200; EVIDENCE; UP",
        "route_response_latency_ms:p95; direction=inbound,rt_route=/; EVIDENCE; UP",
        "route_response_total; direction=outbound,classification=failure; EVIDENCE; UP",
        "control_response_total; classification=failure; EVIDENCE; UP",
        "control_request_total; addr=a; IGNORED; BOTH",
        "tcp_close_total; direction=inbound,peer=src,classification=failure; EVIDENCE; UP",
        "tcp_open_total; direction=outbound,peer=dst; EVIDENCE; BOTH",
        "tcp_open_connections; direction=inbound,peer=src; EVIDENCE; UP",
        "tcp_read_bytes_total; direction=inbound,peer=src; EVIDENCE; BOTH",
        "inbound_tcp_errors_total; ; EVIDENCE; UP",
        "inbound_http_authz_allow_total; ; IGNORED; BOTH",
        // node_exporter
        "node_filesystem_avail_bytes; fstype=ext4,mountpoint=/; SYMPTOM; DOWN",
        "node_filesystem_avail_bytes; fstype=tmpfs,mountpoint=/run; IGNORED; BOTH",
        "node_filesystem_readonly; fstype=xfs; SYMPTOM; UP",
        "node_filesystem_size_bytes; fstype=ext4; IGNORED; BOTH",
        "node_vmstat_oom_kill; ; SYMPTOM; UP",
        "node_vmstat_pgfault; ; IGNORED; BOTH",
        "node_cpu_seconds_total; mode=user,cpu=0; EVIDENCE; BOTH",
        "node_cpu_seconds_total; mode=iowait,cpu=0; EVIDENCE; UP",
        "node_load1; ; EVIDENCE; UP",
        "node_memory_MemAvailable_bytes; ; EVIDENCE; DOWN",
        "node_memory_Cached_bytes; ; IGNORED; BOTH",
        "node_disk_io_time_seconds_total; device=sda; EVIDENCE; UP",
        "node_network_receive_bytes_total; device=eth0; EVIDENCE; BOTH",
        "node_network_receive_bytes_total; device=veth1a2b; IGNORED; BOTH",
        "node_network_mtu_bytes; device=eth0; IGNORED; BOTH",
        "node_systemd_unit_state; state=failed; EVIDENCE; UP",
        "node_systemd_unit_state; state=active; IGNORED; BOTH",
        "node_boot_time_seconds; ; IGNORED; BOTH",
        "node_time_seconds; ; IGNORED; BOTH",
        "node_scrape_collector_duration_seconds; ; IGNORED; BOTH",
        "node_uname_info; ; IGNORED; BOTH",
        // kube-state-metrics
        "kube_pod_container_status_restarts_total; ; SYMPTOM; UP",
        "kube_pod_container_status_waiting_reason; reason=CrashLoopBackOff; SYMPTOM; UP",
        "kube_pod_container_status_waiting_reason; reason=ContainerCreating; IGNORED; BOTH",
        "kube_deployment_status_condition; condition=Available,status=false; SYMPTOM; UP",
        "kube_deployment_status_condition; condition=Available,status=true; IGNORED; BOTH",
        "kube_node_status_condition; condition=Ready,status=true; SYMPTOM; DOWN",
        "kube_node_status_condition; condition=DiskPressure,status=true; EVIDENCE; UP",
        "kube_deployment_status_replicas_unavailable; ; EVIDENCE; UP",
        "kube_pod_status_phase; phase=Running; IGNORED; BOTH",
        "kube_pod_info; ; IGNORED; BOTH",
        "kube_pod_created; ; IGNORED; BOTH",
        "kube_deployment_spec_replicas; ; EVIDENCE; BOTH",
        // cAdvisor and kubelet
        "container_oom_events_total; ; SYMPTOM; UP",
        "container_cpu_usage_seconds_total; container=app; EVIDENCE; BOTH",
        "container_cpu_usage_seconds_total; container=POD; IGNORED; BOTH",
        "container_memory_working_set_bytes; container=app; EVIDENCE; BOTH",
        "container_cpu_cfs_throttled_seconds_total; ; EVIDENCE; UP",
        "container_start_time_seconds; ; IGNORED; BOTH",
        "container_spec_memory_limit_bytes; ; IGNORED; BOTH",
        "kubelet_volume_stats_available_bytes; ; SYMPTOM; DOWN",
        // JVM
        "jvm_memory_used_bytes; area=heap; EVIDENCE; UP",
        "jvm_memory_max_bytes; area=heap; IGNORED; BOTH",
        "jvm_gc_pause_seconds_sum; ; EVIDENCE; UP",
        "jvm_classes_loaded_classes; ; IGNORED; BOTH",
        "hikaricp_connections_pending; ; EVIDENCE; UP",
        "process_start_time_seconds; ; IGNORED; BOTH",
        // Kafka
        "kafka_consumergroup_lag_sum; consumergroup=a; SYMPTOM; UP",
        "kafka_consumergroup_lag; consumergroup=a,partition=0; SYMPTOM; UP",
        "kafka_controller_kafkacontroller_offlinepartitionscount; ; SYMPTOM; UP",
        "kafka_controller_KafkaController_OfflinePartitionsCount_value; ; SYMPTOM; UP",
        "kafka_server_replicamanager_underreplicatedpartitions; ; EVIDENCE; UP",
        "kafka_server_brokertopicmetrics_messagesin_total; topic=a; EVIDENCE; BOTH",
        "kafka_topic_partition_current_offset; topic=a; EVIDENCE; BOTH",
        "kafka_topic_partition_oldest_offset; topic=a; IGNORED; BOTH",
        // Prometheus and processes
        "up; job=shop; SYMPTOM; DOWN",
        "probe_success; ; SYMPTOM; DOWN",
        "scrape_duration_seconds; ; IGNORED; BOTH",
        "scrape_samples_scraped; ; IGNORED; BOTH",
        "ALERTS; alertname=x; IGNORED; BOTH",
        "prometheus_tsdb_head_series; ; EVIDENCE; BOTH",
        "prometheus_tsdb_compactions_total; ; IGNORED; BOTH",
        "prometheus_http_requests_total; code=500; EVIDENCE; UP",
        "go_goroutines; ; EVIDENCE; UP",
        "go_memstats_last_gc_time_seconds; ; IGNORED; BOTH",
        "process_cpu_seconds_total; ; EVIDENCE; BOTH",
        "tocsin_anomaly_score; ; IGNORED; BOTH",
        // what nobody has spoken of
        "shop_orders_total; ; EVIDENCE; BOTH",
        "shop_payment_errors_total; ; EVIDENCE; UP",
        "shop_queue_length; ; EVIDENCE; UP",
        "shop_open_carts; ; EVIDENCE; BOTH",
        "queue_message_age_seconds; ; EVIDENCE; UP",
        "shop_cache_hit_ratio; ; EVIDENCE; BOTH",
        "shop_checkout_duration_seconds:p95; ; EVIDENCE; UP",
        "shop_build_info; ; IGNORED; BOTH",
        "shop_orders_created; ; IGNORED; BOTH",
        "shop_last_success_timestamp_seconds; ; IGNORED; BOTH",
      })
  void aSeriesHasItsRole(String metric, String labels, Role role, Side direction) {
    MetricRule rule = ruleFor(metric, labels == null ? "" : labels);
    assertThat(rule.role()).isEqualTo(role);
    assertThat(rule.direction()).isEqualTo(direction);
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void everyPresetIsReadAndHasRules(Preset preset) {
    assertThat(Presets.entries(preset)).isNotEmpty();
  }

  @Test
  void everyNameOfEveryRuleIsReachedBySomeSeries() {
    for (MetricRule rule : RULES.ordered()) {
      Map<String, String> labels = new HashMap<>();
      rule.labels().forEach((name, glob) -> labels.put(name, example(glob.alternatives().get(0))));
      for (String name : rule.metric().alternatives()) {
        labels.put(Labels.NAME, example(name));
        assertThat(SET.ruleFor(Labels.of(labels), MetricKind.GAUGE))
            .as("the rule for %s%s, asked for %s", name, rule.labels(), labels)
            .isSameAs(rule);
      }
    }
  }

  /** A text that the alternative matches and that no other rule is likely to speak of. */
  private static String example(String alternative) {
    return alternative.replace("*", "xyzzy");
  }

  @Test
  void whatOpensAnIncidentHasADirectionAndASize() {
    assertThat(RULES.ordered())
        .filteredOn(rule -> rule.role() == Role.SYMPTOM)
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              assertThat(rule.direction()).isNotEqualTo(Side.BOTH);
              assertThat(rule.minAbsolute()).isPositive();
              assertThat(rule.minRelative()).isPositive();
            });
  }

  @Test
  void theGeneralPresetOpensNoIncident() {
    assertThat(Presets.entries(Preset.GENERAL))
        .noneSatisfy(entry -> assertThat(entry.role()).isEqualTo(Role.SYMPTOM));
  }

  @Test
  void theUsersRulesComeFirstAndTheGeneralOnesLast() {
    RuleEntry own =
        new RuleEntry(
            new Glob("up|shop_orders_total"),
            Map.of(),
            Role.EVIDENCE,
            Side.UP,
            MetricKind.GAUGE,
            "orders",
            3,
            0.5,
            true);
    RuleSet rules = new RuleSet(Presets.rules(List.of(own), List.of(Preset.PROMETHEUS)));
    assertThat(rules.ruleFor(series("up", ""), MetricKind.GAUGE)).isEqualTo(own.rule());
    assertThat(rules.ruleFor(series("shop_orders_total", ""), MetricKind.COUNTER).unit())
        .isEqualTo("orders");
    assertThat(rules.ruleFor(series("probe_success", ""), MetricKind.GAUGE).role())
        .isEqualTo(Role.SYMPTOM);
    assertThat(rules.ruleFor(series("kube_pod_info", ""), MetricKind.GAUGE).role())
        .isEqualTo(Role.IGNORED);
    assertThat(rules.ruleFor(series("node_load1", ""), MetricKind.GAUGE).minRelative())
        .isEqualTo(0.1);
  }

  @Test
  void generalRulesAreAskedOnceEvenWhenNamed() {
    assertThat(Presets.rules(List.of(), List.of(Preset.GENERAL, Preset.JVM)))
        .isEqualTo(Presets.rules(List.of(), List.of(Preset.JVM)));
  }

  private static RuleSettings settings(String yaml) throws ConfigException {
    return ConfigReader.read(
        RuleSettings.class, RuleSettings.DEFAULTS, new ConfigText("test", yaml), Map.of());
  }

  @Test
  void aFileChoosesPresetsAndAddsRules() throws ConfigException {
    RuleSettings settings =
        settings(
            """
            presets: [http-red, jvm]
            rules:
              - {metric: "shop_*", role: symptom, direction: down, minRelative: 25%}
            """);
    assertThat(settings.presets()).containsExactly(Preset.HTTP_RED, Preset.JVM);
    assertThat(settings.ordered().ordered().get(0))
        .isEqualTo(
            new MetricRule(
                new Glob("shop_*"), Map.of(), Role.SYMPTOM, Side.DOWN, null, "", 0, 0.25, false));
    assertThat(settings("").ordered()).isEqualTo(RULES);
  }

  @Test
  void whatIsWrongInARuleIsToldWithItsPlace() {
    assertThatThrownBy(
            () ->
                settings(
                    """
                    presets: [http-redd]
                    rules:
                      - {metric: up, role: symptom, minAbsolute: -1}
                      - {metric: up, role: symptom, direction: upp}
                      - {role: symptom, labels: {__name__: up}}
                    """))
        .hasMessageContaining("presets[0]: \"http-redd\" is none of linkerd, http-red,")
        .hasMessageContaining("did you mean http-red?")
        .hasMessageContaining("rules[0].minAbsolute: must be zero or more")
        .hasMessageContaining("rules[1].direction: \"upp\" is none of up, down, both")
        .hasMessageContaining("rules[2].metric: is missing");
  }
}
