// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import java.io.Serializable;
import java.time.Duration;

/**
 * How lines that belong together are joined.
 *
 * @param within a line that comes later than this after the one before it stands alone
 * @param maxJoinedBytes what is longer is cut: the rest of its lines is dropped
 * @param maxStreams so many streams are waited for at once; if there are more, all that waits is
 *     ended
 */
public record LineJoinSettings(Duration within, int maxJoinedBytes, int maxStreams)
    implements Serializable {

  /** What is shipped. */
  public static final LineJoinSettings DEFAULTS =
      new LineJoinSettings(Duration.ofSeconds(1), 8 << 10, 1 << 10);

  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_STREAMS = 1 << 16;

  public LineJoinSettings {
    if (within.isNegative() || within.toMinutes() > 10) {
      throw new IllegalArgumentException("within must be from 0 to 10 min");
    }
    if (maxJoinedBytes < 64 || maxJoinedBytes > MOST_BYTES) {
      throw new IllegalArgumentException("maxJoinedBytes must be from 64 to 1 MiB");
    }
    if (maxStreams < 1 || maxStreams > MOST_STREAMS) {
      throw new IllegalArgumentException("maxStreams must be from 1 to 65536");
    }
  }
}
