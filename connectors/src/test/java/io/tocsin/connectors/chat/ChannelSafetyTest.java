// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.http.HttpPoster;
import io.tocsin.models.incidents.Language;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelSafetyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "2001:db8::1"
      })
  void whatIsWithinIsNotPublic(String address) throws Exception {
    assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "203.0.114.1", "2606:4700::1111"})
  void whatIsOutsideIs(String address) throws Exception {
    assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void aUrlThatIsNotHttpsIsRefusedWithoutBeingSaid() {
    for (String url :
        List.of(
            "http://hooks.example/T0SECRET",
            "file:///etc/passwd",
            "https:///x",
            "no url",
            "https://user:pw@hooks.example/T0SECRET")) {
      assertThatThrownBy(
              () ->
                  new ChannelSettings(
                      ChannelKind.SLACK,
                      new Secret(url),
                      null,
                      null,
                      "",
                      Language.ENGLISH,
                      true,
                      false))
          .hasMessageContaining("url must begin with https://")
          .hasMessageNotContaining("SECRET");
    }
  }

  @Test
  void noAnswerIsLoggedWithWhatIsSecret() {
    ChannelSettings channel =
        Webhooks.channel(
            ChannelKind.FEISHU, "https://open.feishu.cn/hook/0a1b2c3d-secret", Language.ENGLISH);
    HttpPoster.Reply reply =
        new HttpPoster.Reply(
            400,
            "no https://open.feishu.cn/hook/0a1b2c3d-secret: 0a1b2c3d-secret "
                + Webhooks.SECRET
                + "\n\u001b[31m",
            "");

    assertThat(Redaction.told(reply, channel))
        .startsWith("400 no (secret)")
        .doesNotContain("0a1b2c3d", Webhooks.SECRET, "\n", "\u001b");
    assertThat(Robot.of(channel).request(notice(), null, 0).toString()).doesNotContain("0a1b2c3d");
  }

  @Test
  void aTextIsCutBetweenCharacters() {
    assertThat(Text.cutBytes("长长长", 9)).isEqualTo("长长长");
    assertThat(Text.cutBytes("长长长长", 9)).isEqualTo("长长…");
    assertThat(Text.cutBytes("🔔🔔🔔", 8)).isEqualTo("🔔…");
  }

  private static Notice notice() {
    return new NoticeMaker(Language.ENGLISH, id -> null)
        .of(WebhookReader.read(Webhooks.body("00000000000000aa", false)).get(0));
  }
}
