// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.connectors.chat.ChannelKind.Showing;
import io.tocsin.connectors.chat.ChatListener.Unillustrated;
import io.tocsin.connectors.page.Picture;
import java.net.URI;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What one channel shows of incidents beside the text. It may take seconds to find out. */
final class ChannelPictures {
  private final String name;
  private final ChannelSettings channel;
  private final ChatLane.Parts parts;

  ChannelPictures(String name, ChannelSettings channel, ChatLane.Parts parts) {
    this.name = name;
    this.channel = channel;
    this.parts = parts;
  }

  /** The notice with where the program fetches its picture, if it does and there is one. */
  Notice fetched(Notice notice) throws InterruptedException {
    URI base = parts.settings().publicUrl();
    if (base == null || channel.kind().showing() != Showing.WHAT_IT_FETCHES) {
      return notice;
    }
    Picture picture = find(notice);
    return picture == null
        ? notice
        : notice.showing(base.toString().replaceAll("/+$", "") + picture.path());
  }

  /** The picture that follows a notice in a message of its own, or null. */
  @Nullable ByteBuffer sent(Notice notice) throws InterruptedException {
    if (channel.kind().showing() != Showing.WHAT_IT_IS_SENT) {
      return null;
    }
    Picture picture = find(notice);
    return picture == null ? null : picture.png();
  }

  void refused() {
    parts.listener().unillustrated(name, Unillustrated.REFUSED);
  }

  /** Of other alerts than incidents there are none, which is not worth a count. */
  private @Nullable Picture find(Notice notice) throws InterruptedException {
    if (!channel.pictures() || parts.incidents().find(notice.key()) == null) {
      return null;
    }
    Picture picture = parts.incidents().picture(notice.key());
    if (picture == null) {
      parts.listener().unillustrated(name, Unillustrated.MISSING);
    }
    return picture;
  }
}
