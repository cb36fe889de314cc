// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static io.tocsin.models.incidents.Story.MINUTE;
import static io.tocsin.models.incidents.Story.START;
import static io.tocsin.models.incidents.Story.evidence;
import static io.tocsin.models.incidents.Story.named;
import static io.tocsin.models.incidents.Story.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.Member.Reason;
import io.tocsin.models.telemetry.Entity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Incidents where it is known who owns a pod and where it runs. */
class OwnedPodsTest {
  private final Story story = new Story();

  @Test
  void podsOfOneWorkloadAreOneSuspectWhateverTheirNames() {
    story.owns("orders", "pg-1").owns("orders", "replica-x2x4z");
    story.tells(of(evidence("shop/a", "cpu", 0, 6), "pg", "pg-1"));
    story.tells(of(evidence("shop/b", "memory", 0, 6), "replica", "replica-x2x4z"));
    story.tells(symptom("shop/checkout", 10, 2)).until(60);
    assertThat(story.last().suspects().get(0).entity().subject()).isEqualTo("orders");
    assertThat(story.last().suspects())
        .extracting(each -> each.entity().subject())
        .doesNotContain("pg", "replica");
  }

  @Test
  void theSamePodsAreTwoWhileNobodyTellsWhoOwnsThem() {
    story.tells(of(evidence("shop/a", "cpu", 0, 6), "pg", "pg-1"));
    story.tells(of(evidence("shop/b", "memory", 0, 6), "replica", "replica-x2x4z"));
    story.tells(symptom("shop/checkout", 10, 2)).until(60);
    assertThat(story.last().suspects())
        .extracting(each -> each.entity().subject())
        .contains("pg", "replica");
  }

  @Test
  void troubleOfANodeTiesThePodsOnIt() {
    story.runs("money", "billing-0", "node-1").runs("post", "mail-0", "node-2");
    story.tells(node(evidence("shop/n", "disk", 0, 5), "node-1"));
    story.tells(in("money", symptom("shop/a", 0, 3), "billing"));
    story.tells(in("post", symptom("shop/b", 0, 3), "mail"));
    story.until(60);
    assertThat(story.with(Transition.OPENED)).hasSize(2);
    Incident billing =
        story.with(Transition.OPENED).stream()
            .filter(each -> each.entity().namespace().equals("money"))
            .findFirst()
            .orElseThrow();
    assertThat(billing.grouping().members())
        .anySatisfy(
            member -> {
              assertThat(member.entity().node()).isEqualTo("node-1");
              assertThat(member.reason()).isEqualTo(Reason.NODE);
            });
  }

  @Test
  void aChangeOfWhatItsPodsSuggestMeetsTheFindingsOfTheTrueWorkload() {
    story.owns("orders", "pg-1");
    Entity suggested = new Entity("", "shop", "pg", "", "", "");
    story.changed(
        new Change(
            "c1",
            START - 3 * MINUTE,
            Change.RESTART,
            suggested,
            "Restart of pg",
            "",
            Change.KUBERNETES,
            ""));
    story.tells(of(evidence("shop/a", "cpu", 0, 5), "pg", "pg-1"));
    story.tells(evidence("shop/b", "cpu", 0, 5));
    story.tells(symptom("shop/checkout", 10, 1.5)).until(60);
    Suspect suspect = story.last().suspects().get(0);
    assertThat(suspect.entity().workload()).isEqualTo("orders");
    assertThat(suspect.evidence().get(0).kind()).isEqualTo(Evidence.Kind.CHANGE);
    assertThat(story.last().changes())
        .extracting(change -> change.entity().workload())
        .containsExactly("orders");
  }

  @Test
  void whoOwnsWhatOpenedAnIncidentMayBecomeKnownLater() {
    Finding opener = of(symptom("shop/a", 0, 3), "pg", "pg-1");
    story.watches(-30, new Entity("", "shop", "pg", "", "", ""));
    story.lasts(opener, 300).until(20);
    assertThat(members()).containsExactly("pg ORIGIN");
    story.owns("orders", "pg-1").until(120);
    assertThat(members()).containsExactly("orders ORIGIN");
    assertThat(story.book.watched()).containsOnlyKeys(new Entity("", "shop", "orders", "", "", ""));
    assertThat(story.restored().book.pages().open().get(0).opener())
        .isEqualTo(Deviation.of(opener));
  }

  private List<String> members() {
    return Membership.of(story.book.open().iterator().next(), new Subjects()).stream()
        .map(each -> each.entity().workload() + " " + each.reason())
        .toList();
  }

  private static Finding of(Finding finding, String suggested, String pod) {
    return Story.of(finding, new Entity("", "shop", suggested, "", "", pod), Direction.UP);
  }

  private static Finding in(String namespace, Finding finding, String workload) {
    Entity pod = new Entity("", namespace, workload, "", "", workload + "-0");
    return Story.of(named(finding, namespace), pod, Direction.UP);
  }

  private static Finding node(Finding finding, String node) {
    return Story.of(finding, new Entity("", "", "", "", node, node + ":9100"), Direction.UP);
  }
}
