// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tocsin.connectors.page.Shown;
import io.tocsin.models.incidents.Language;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The messages as they are sent, in files that one can read: an incident that opens, and that it is
 * over, in both languages. What differs from its file is written to {@code target/golden/chat}.
 */
class GoldenMessagesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Path GOLDEN = Path.of("src/test/resources/golden/chat");
  private static final Path ACTUAL = Path.of("target/golden/chat");

  @ParameterizedTest
  @EnumSource(ChannelKind.class)
  void messagesAreAsTheyWere(ChannelKind kind) throws IOException {
    List<String> different = new ArrayList<>();
    for (Language language : Language.values()) {
      ChannelSettings channel = Webhooks.channel(kind, "https://chat.example/robot", language);
      for (boolean over : new boolean[] {false, true}) {
        Notice notice =
            new NoticeMaker(language, Webhooks.KNOWN)
                .of(WebhookReader.read(Webhooks.body(Shown.ID, over)).get(0))
                .showing("https://tocsin.example" + Webhooks.PICTURE + "?revision=1");
        String body = Robot.of(channel).request(notice, null, 1_790_000_060_000L).body();
        String name = kind + "-" + language + (over ? "-resolved" : "-opened") + ".json";
        if (!same(name.toLowerCase(Locale.ROOT), body)) {
          different.add(name);
        }
      }
    }
    assertThat(different).isEmpty();
  }

  @Test
  void aPictureIsSentAsItWas() throws IOException {
    ChannelSettings channel =
        Webhooks.channel(ChannelKind.WECOM, "https://chat.example/robot", Language.ENGLISH);
    ChatRequest request = new WeComRobot(channel).picture(ByteBuffer.wrap(Webhooks.PNG));

    assertThat(same("wecom-picture.json", request.body())).isTrue();
  }

  private static boolean same(String name, String body) throws IOException {
    String text = JSON.writeValueAsString(JSON.readTree(body)) + "\n";
    Path golden = GOLDEN.resolve(name);
    if (Files.exists(golden) && Files.readString(golden).equals(text)) {
      return true;
    }
    Files.createDirectories(ACTUAL);
    Files.writeString(ACTUAL.resolve(name), text);
    return false;
  }
}
