// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.page.Shown;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.Language;
import org.junit.jupiter.api.Test;

class NoticeMakerTest {
  private static final Incident INCIDENT =
      Shown.judged(
          Shown.incident(Shown.ID, Transition.OPENED, 1, "in the language of the job"),
          "00000000000000ff");

  private static Notice notice(Language language) throws Exception {
    ReceivedAlert alert = WebhookReader.read(Webhooks.body(Shown.ID, false)).get(0);
    return new NoticeMaker(language, id -> INCIDENT).of(alert);
  }

  @Test
  void theTitleIsInTheLanguageOfTheChannel() throws Exception {
    assertThat(notice(Language.CHINESE).title())
        .isEqualTo("payments:http_requests_total{code=\"500\"} 为 7.53 /s,预期 0.023 /s(另有 2 个受影响)");
    assertThat(notice(Language.ENGLISH).title())
        .isEqualTo(
            "payments: http_requests_total{code=\"500\"} is 7.53 /s, expected 0.023 /s (+2 more)");
  }

  @Test
  void whatPeopleSaidBeforeIsNotCutFromAMessage() throws Exception {
    assertThat(notice(Language.CHINESE).reasons())
        .contains("当天第 11 起事件,超过每天 10 起的预算", "曾被标记为噪声,现在超过界限 1.5 倍才会打开");
  }
}
