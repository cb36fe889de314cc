// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityRulesTest {
  private static final EntityRules RULES = new EntityRules(EntityLabels.DEFAULTS);

  /** {@code metric{a=b,c=d}}: values without commas. */
  private static Labels series(String text) {
    TreeMap<String, String> labels = new TreeMap<>();
    int brace = text.indexOf('{');
    labels.put(Labels.NAME, text.substring(0, brace));
    for (String pair : text.substring(brace + 1, text.length() - 1).split(",", -1)) {
      if (!pair.isEmpty()) {
        labels.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
    }
    return Labels.of(labels);
  }

  /** cluster/namespace/workload/service/node/instance. */
  private static String written(Entity entity) {
    return String.join(
        "/",
        entity.cluster(),
        entity.namespace(),
        entity.workload(),
        entity.service(),
        entity.node(),
        entity.instance());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        // node_exporter: the machine, with and without Kubernetes, also what it says of itself
        "node_load1{job=node,instance=10.0.0.7:9100}; ////10.0.0.7/10.0.0.7:9100",
        "node_load1{job=node-exporter,namespace=monitoring,service=node-exporter,"
            + "pod=node-exporter-x2x4z,instance=10.0.0.7:9100,node=worker-1,cluster=eu}"
            + "; eu////worker-1/10.0.0.7:9100",
        "node_load1{job=anything,instance=db-1}; ////db-1/db-1",
        "node_load1{job=node,instance=[fe80::1]:9100}; ////fe80::1/[fe80::1]:9100",
        "node_load1{job=node,instance=fe80::1}; ////fe80::1/fe80::1",
        "up{job=node,instance=db-1:9100}; ////db-1/db-1:9100",
        "up{job=monitoring/node-exporter,instance=db-1:9100}; ////db-1/db-1:9100",
        "process_cpu_seconds_total{job=node_exporter,instance=db-1:9100}; ////db-1/db-1:9100",
        "windows_cpu_time_total{job=win,instance=w1:9182}; ////w1/w1:9182",
        "machine_memory_bytes{job=kubelet,service=kubelet,namespace=kube-system,node=n1,"
            + "instance=10.0.0.1:10250}; ////n1/10.0.0.1:10250",

        // kube-state-metrics: what the labels say, never kube-state-metrics
        "kube_pod_container_status_restarts_total{job=kube-state-metrics,"
            + "instance=10.1.2.3:8080,service=kube-state-metrics,namespace=shop,"
            + "pod=checkout-5d4f8c7b9-x2x4z,container=app}"
            + "; /shop/checkout///checkout-5d4f8c7b9-x2x4z",
        "kube_pod_status_ready{job=kube-state-metrics,namespace=monitoring,"
            + "pod=kube-state-metrics-6c8f9d7b5-k4v7q,exported_namespace=shop,exported_pod=cart-0,"
            + "exported_service=x}; /shop/cart///cart-0",
        "kube_deployment_status_replicas_unavailable{namespace=shop,deployment=checkout,"
            + "pod=kube-state-metrics-6c8f9d7b5-k4v7q,service=kube-state-metrics,"
            + "job=kube-state-metrics,instance=10.1.2.3:8080}; /shop/checkout///",
        "kube_deployment_status_replicas{namespace=monitoring,exported_namespace=shop,"
            + "deployment=checkout,pod=ksm-6c8f9d7b5-k4v7q}; /shop/checkout///",
        "kube_statefulset_status_replicas_ready{namespace=shop,statefulset=cart}; /shop/cart///",
        "kube_daemonset_status_number_unavailable{namespace=x,daemonset=agent}; /x/agent///",
        "kube_replicaset_status_ready_replicas{namespace=shop,replicaset=checkout-5d4f8c7b9}"
            + "; /shop/checkout///",
        "kube_job_status_failed{namespace=shop,job_name=report-28374650,job=ksm}"
            + "; /shop/report///",
        "kube_cronjob_status_active{namespace=shop,cronjob=report,job=ksm}; /shop/report///",
        "kube_horizontalpodautoscaler_status_current_replicas{namespace=shop,"
            + "horizontalpodautoscaler=checkout}; /shop/checkout///",
        "kube_node_status_condition{node=n1,condition=Ready,namespace=monitoring,"
            + "pod=ksm-6c8f9d7b5-k4v7q,job=kube-state-metrics,instance=10.1.2.3:8080}; ////n1/",
        "kube_service_status_load_balancer_ingress{namespace=shop,service=web,job=ksm}"
            + "; /shop//web//",
        "kube_endpoint_address_available{namespace=shop,endpoint=web,job=ksm}; /shop//web//",
        "kube_persistentvolumeclaim_status_phase{namespace=shop,persistentvolumeclaim=data-0}"
            + "; /shop////data-0",
        "kube_resourcequota{namespace=shop,job=ksm,instance=10.1.2.3:8080}; /shop////",
        "up{job=kube-state-metrics,namespace=monitoring,service=kube-state-metrics,"
            + "pod=kube-state-metrics-6c8f9d7b5-k4v7q,instance=10.1.2.3:8080}"
            + "; /monitoring/kube-state-metrics/kube-state-metrics//"
            + "kube-state-metrics-6c8f9d7b5-k4v7q",
        "kube_state_metrics_list_total{job=ksm,instance=10.1.2.3:8080}; ///ksm//10.1.2.3:8080",

        // cAdvisor: the container, or the machine for what is no container
        "container_cpu_usage_seconds_total{job=kubelet,service=kubelet,namespace=shop,"
            + "pod=checkout-5d4f8c7b9-x2x4z,container=app,instance=10.0.0.1:10250,node=n1,"
            + "id=/kubepods/x,name=abc}; /shop/checkout//n1/checkout-5d4f8c7b9-x2x4z",
        "container_cpu_usage_seconds_total{job=kubelet,service=kubelet,namespace=kube-system,"
            + "instance=10.0.0.1:10250,id=/system.slice}; ////10.0.0.1/",
        "container_memory_rss{job=cadvisor,instance=docker1:8080,name=shop_web_1,"
            + "container_label_com_docker_compose_service=web}; ///web/docker1/shop_web_1",
        "container_memory_rss{job=cadvisor,instance=docker1:8080,name=redis}"
            + "; ////docker1/redis",
        "kubelet_volume_stats_available_bytes{namespace=shop,persistentvolumeclaim=data-cart-0,"
            + "job=kubelet,service=kubelet,instance=10.0.0.1:10250}; /shop////data-cart-0",

        // applications, outside and inside Kubernetes
        "http_requests_total{job=checkout,instance=10.0.0.9:8080}; ///checkout//10.0.0.9:8080",
        "http_requests_total{job=shop/checkout,instance=7f3a}; /shop//checkout//7f3a",
        "http_server_requests_seconds_count{application=cart,instance=h:1,job=spring}"
            + "; ///cart//h:1",
        "http_requests_total{namespace=shop,service=checkout,pod=checkout-5d4f8c7b9-x2x4z,"
            + "container=app,endpoint=http,job=checkout,instance=10.1.0.4:8080}"
            + "; /shop/checkout/checkout//checkout-5d4f8c7b9-x2x4z",
        "http_requests_total{kubernetes_namespace=shop,app=checkout,"
            + "kubernetes_pod_name=checkout-5d4f8c7b9-x2x4z,job=kubernetes-pods,instance=i:1}"
            + "; /shop/checkout/checkout//checkout-5d4f8c7b9-x2x4z",
        "http_requests_total{namespace=shop,pod=checkout-5d4f8c7b9-x2x4z,"
            + "job=shop/checkout-monitor,instance=i:1}"
            + "; /shop/checkout///checkout-5d4f8c7b9-x2x4z",
        "http_server_request_duration_seconds_count{service_name=pay,k8s_namespace_name=shop,"
            + "k8s_deployment_name=pay,k8s_pod_name=pay-5d4f8c7b9-x2x4z,k8s_node_name=n1}"
            + "; /shop/pay/pay/n1/pay-5d4f8c7b9-x2x4z",
        "namespace_job:http_requests:rate5m{namespace=shop,job=checkout}; /shop//checkout//",
        "node_namespace_pod:kube_pod_info:{namespace=shop,node=n1,pod=cart-0}"
            + "; /shop/cart//n1/cart-0",
        "http_server_requests_seconds:p95{job=checkout,instance=h:1}; ///checkout//h:1",
        "istio_request_duration_milliseconds:p95{destination_service_name=cart}; ///cart//",
        "jvm_memory_used_bytes{job=checkout,instance=h:1,area=heap}; ///checkout//h:1",
        "kafka_server_replicamanager_underreplicatedpartitions{job=kafka,instance=k1:7071}"
            + "; ///kafka//k1:7071",
        "prometheus_tsdb_head_series{job=prometheus,instance=localhost:9090}"
            + "; ///prometheus//localhost:9090",
        "probe_success{job=blackbox,instance=https://shop.example}"
            + "; ///blackbox//https://shop.example",

        // meshes, proxies and lag exporters: who was called, who lags
        "istio_requests_total{reporter=source,source_workload=web,destination_workload=checkout-v1,"
            + "destination_workload_namespace=shop,destination_service_name=checkout,"
            + "destination_service_namespace=shop,pod=web-5d4f8c7b9-x2x4z,namespace=front,"
            + "job=kubernetes-pods}; /shop/checkout-v1/checkout//",
        "istio_requests_total{destination_workload=unknown,destination_service_name=web,"
            + "destination_service_namespace=unknown}; ///web//",
        "nginx_ingress_controller_requests{namespace=ingress,service=ingress-nginx,"
            + "pod=ingress-nginx-controller-5d4f8c7b9-x2x4z,exported_namespace=shop,"
            + "exported_service=checkout,ingress=shop}; /shop//checkout//",
        "nginx_ingress_controller_requests{namespace=shop,service=checkout,ingress=shop}"
            + "; /shop//checkout//",
        "nginx_ingress_controller_nginx_process_connections{job=ingress,instance=i:1}"
            + "; ///ingress//i:1",
        "traefik_service_requests_total{service=checkout@docker,job=traefik,instance=t:8082}"
            + "; ///checkout@docker//",
        "envoy_cluster_upstream_rq_xx{envoy_cluster_name=checkout,job=envoy,instance=e:1}"
            + "; ///checkout//",
        "haproxy_backend_http_responses_total{proxy=checkout,job=haproxy}; ///checkout//",
        "kafka_consumergroup_lag{consumergroup=checkout,topic=orders,partition=0,"
            + "namespace=monitoring,pod=kafka-exporter-5d4f8c7b9-x2x4z,job=kafka-exporter}"
            + "; ///checkout//",
        "nothing{}; /////",
      })
  void aSeriesIsAbout(String series, String entity) {
    assertThat(written(RULES.of(series(series)))).isEqualTo(entity);
  }

  @ParameterizedTest
  @CsvSource({
    "checkout-5d4f8c7b9-x2x4z, checkout",
    "checkout-api-v2-5d4f8c7b9-x2x4z, checkout-api-v2",
    "checkout-748699597f-zz2xk, checkout",
    "checkout-3823415956-x2x4z, checkout",
    "kafka-0, kafka",
    "kafka-broker-12, kafka-broker",
    "agent-x2x4z, agent",
    "report-28374650-x2x4z, report",
    "web-proxy, web-proxy",
    "web-nginx, web-nginx",
    "web-backend, web-backend",
    "postgres, postgres",
    "release-20240101, release-20240101",
    "-0, -0",
    "a-, a-",
  })
  void aPodIsItsOwners(String pod, String owner) {
    assertThat(PodName.owner(pod, "")).isEqualTo(owner);
  }

  @Test
  void aStaticPodIsNamedWithoutItsNode() {
    assertThat(PodName.owner("kube-apiserver-master-1", "master-1")).isEqualTo("kube-apiserver");
  }

  @Test
  void aRolloutDoesNotChangeWhatASeriesIsAbout() {
    String series = "http_requests_total{namespace=shop,service=web,pod=%s,instance=%s}";
    Entity before = RULES.of(series(series.formatted("web-5d4f8c7b9-x2x4z", "10.0.0.1:80")));
    Entity after = RULES.of(series(series.formatted("web-748699597f-zz2xk", "10.0.0.2:80")));
    assertThat(after).isNotEqualTo(before);
    assertThat(after.withoutInstance()).isEqualTo(before.withoutInstance());
  }

  @Test
  void theLabelsOfTargetsAndTheOrderOfPreferenceAreConfigurable() {
    EntityLabels standard = EntityLabels.DEFAULTS;
    EntityRules rules =
        new EntityRules(
            new EntityLabels(
                List.of("region"),
                List.of("team"),
                standard.workload(),
                List.of("component", "service"),
                standard.node(),
                standard.pod(),
                standard.instance()));
    String labels = "{region=eu,team=pay,service=a,component=b,cluster=c,namespace=n,instance=i:1}";
    assertThat(written(rules.of(series("x" + labels)))).isEqualTo("eu/pay//b//i:1");
    assertThat(written(rules.of(series("node_load1" + labels)))).isEqualTo("eu////i/i:1");
  }

  @Test
  void anyLabelsAreRead() {
    Random random = new Random(7);
    List<String> names =
        List.of("job", "instance", "pod", "exported_pod", "node", "namespace", "replicaset", "-");
    List<String> metrics = List.of("node_x", "kube_x", "container_x", "x", "", "istio_", ":p95");
    for (int i = 0; i < 20_000; i++) {
      TreeMap<String, String> labels = new TreeMap<>();
      labels.put(Labels.NAME, metrics.get(random.nextInt(metrics.size())));
      for (int n = random.nextInt(5); n > 0; n--) {
        labels.put(names.get(random.nextInt(names.size())), text(random));
      }
      assertThat(RULES.of(Labels.of(labels))).isNotNull();
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      text.append("-:[]/x20".charAt(random.nextInt(8)));
    }
    return text.toString();
  }
}
