// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.gateway.GatewayMain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Dockerfiles say; what they copy is looked at after the build. */
final class ImagesTest {
  private static final String ALL = "io.tocsin.jobs.deployment.Images#all";

  @ParameterizedTest
  @MethodSource(ALL)
  void basesArePinnedAndNobodyIsRoot(Images.Image image) {
    assertThat(image.the("FROM")).matches("[a-z/-]+:\\d+\\.\\d+\\.\\d+.*").contains("17");
    assertThat(image.the("USER")).matches("[1-9]\\d*:[1-9]\\d*");
    assertThat(image.lines().get(image.lines().size() - 1)).doesNotContain("apt");
    assertThat(image.all("ADD")).isEmpty();
  }

  @Test
  void theJobsRunOnTheFlinkTheyAreBuiltFor() throws Exception {
    Images.Image jobs = Images.of("jobs");
    String flink = Checkout.find("pom.xml", "<flink.version>(.*)</flink.version>");
    assertThat(jobs.the("FROM")).startsWith("flink:" + flink + "-");
    assertThat(jobs.the("RUN")).contains("flink-s3-fs-presto-" + flink + ".jar");
    assertThat(jobs.the("COPY")).endsWith(" " + Images.JOBS_JAR);
  }

  @Test
  void theGatewayStartsItsMain() throws Exception {
    Images.Image gateway = Images.of("gateway");
    assertThat(Images.words(gateway.the("CMD")))
        .containsExactly(GatewayMain.class.getName(), "--config", "/etc/tocsin/gateway.yaml");
    String libraries = gateway.the("COPY").split(" ", -1)[1];
    assertThat(Images.words(gateway.the("ENTRYPOINT"))).containsSubsequence("-cp", libraries + "*");
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void onlyWhatIsCopiedIsSentToTheBuilder(Images.Image image) throws Exception {
    List<String> sent = Checkout.text(image.file() + ".dockerignore").lines().toList();
    assertThat(sent).containsExactly("*", "!" + image.the("COPY").split(" ", -1)[0]);
  }
}
