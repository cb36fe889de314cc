// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.http.Backoff;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FEISHU   | 200 | {\"code\":0,\"msg\":\"success\"}            | SENT",
        "FEISHU   | 200 | {\"StatusCode\":0}                          | SENT",
        "FEISHU   | 200 | {\"code\":11232,\"msg\":\"frequency\"}      | LIMITED",
        "FEISHU   | 200 | {\"code\":19021,\"msg\":\"sign match fail\"}| REVOKED",
        "FEISHU   | 200 | {\"code\":19024,\"msg\":\"Key Words\"}      | REFUSED",
        "FEISHU   | 200 | <html>a proxy</html>                        | UNAVAILABLE",
        "FEISHU   | 502 | bad gateway                                 | UNAVAILABLE",
        "DINGTALK | 200 | {\"errcode\":0}                             | SENT",
        "DINGTALK | 200 | {\"errcode\":130101}                        | LIMITED",
        "DINGTALK | 200 | {\"errcode\":310000,\"errmsg\":\"sign\"}    | REVOKED",
        "DINGTALK | 200 | {\"errcode\":300001}                        | REVOKED",
        "DINGTALK | 200 | {\"errcode\":-1}                            | UNAVAILABLE",
        "DINGTALK | 200 | {\"errcode\":400105}                        | REFUSED",
        "WECOM    | 200 | {\"errcode\":0}                             | SENT",
        "WECOM    | 200 | {\"errcode\":45009}                         | LIMITED",
        "WECOM    | 200 | {\"errcode\":93000}                         | REVOKED",
        "WECOM    | 200 | {\"errcode\":40058}                         | REFUSED",
        "SLACK    | 200 | ok                                          | SENT",
        "SLACK    | 400 | invalid_blocks                              | REFUSED",
        "SLACK    | 403 | invalid_token                               | REVOKED",
        "SLACK    | 429 | rate_limited                                | LIMITED",
        "SLACK    | 200 | {\"ok\":true,\"ts\":\"1.2\"}                | SENT",
        "SLACK    | 200 | {\"ok\":false,\"error\":\"token_revoked\"}  | REVOKED",
        "SLACK    | 200 | {\"ok\":false,\"error\":\"ratelimited\"}    | LIMITED",
        "SLACK    | 200 | {\"ok\":false,\"error\":\"invalid_blocks\"} | REFUSED",
        "TEAMS    | 202 | ``                                          | SENT",
        "TEAMS    | 200 | endpoint returned HTTP error 429            | LIMITED",
        "TEAMS    | 200 | endpoint returned HTTP error 400            | REFUSED",
        "TEAMS    | 404 | workflow not found                          | REVOKED",
        "WEBHOOK  | 204 | ``                                          | SENT",
        "WEBHOOK  | 301 | ``                                          | FORBIDDEN",
        "WEBHOOK  | 408 | ``                                          | UNAVAILABLE",
        "WEBHOOK  | 401 | ``                                          | REVOKED",
        "WEBHOOK  | 422 | ``                                          | REFUSED",
      })
  void anAnswerMeansWhatItsBodySays(
      ChannelKind kind, int status, String body, ChatOutcome outcome) {
    assertThat(Classifier.classify(kind, status, body)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "0, '', 1",
    "3, '', 8",
    "3, 30, 30",
    "3, 'Fri, 27 Nov 2026 10:00:00 GMT', 8",
    "50, '', 120",
    "0, 9999, 120"
  })
  void aRetryWaitsLongerEachTimeAndAsLongAsItIsToldTo(int failures, String asked, long seconds) {
    assertThat(Backoff.after(failures, asked)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
