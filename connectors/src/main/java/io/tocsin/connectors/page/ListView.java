// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import java.util.List;

/**
 * The list of incidents.
 *
 * @param now wall clock, ms since the epoch, for how long they have lasted
 */
record ListView(List<Story> open, List<Story> recent, long now) {
  private static final int MOST_RECENT = 500;

  static ListView of(List<Story> all, long now) {
    return new ListView(
        all.stream().filter(story -> !story.over()).toList(),
        all.stream().filter(Story::over).limit(MOST_RECENT).toList(),
        now);
  }
}
