// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.incidents.Incident;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The latest incidents. When there are too many, those go that are over for longest, then those
 * that began first. Safe for several threads.
 */
final class Stories {
  private static final Comparator<Story> OPEN_THEN_LATEST =
      Comparator.comparing(Story::over)
          .thenComparing(story -> story.last().onset(), Comparator.reverseOrder())
          .thenComparing(story -> story.last().id());

  private final int most;
  private final Map<String, Story> stories = new HashMap<>();
  private long version;

  Stories(int most) {
    this.most = most;
  }

  synchronized void take(Incident incident) {
    version++;
    stories.merge(incident.id(), Story.of(incident), (known, fresh) -> known.with(incident));
    if (stories.size() > most) {
      stories.values().stream()
          .min(
              Comparator.comparing((Story story) -> !story.over())
                  .thenComparing(story -> story.last().time())
                  .thenComparing(story -> story.last().id()))
          .ifPresent(dispensable -> stories.remove(dispensable.last().id()));
    }
  }

  synchronized Optional<Story> find(String id) {
    return Optional.ofNullable(stories.get(id));
  }

  /** Open ones first, the latest first. */
  synchronized List<Story> all() {
    return stories.values().stream().sorted(OPEN_THEN_LATEST).toList();
  }

  /** Incidents that were a part of one, open ones first, the latest first. */
  synchronized List<Incident> partsOf(String id) {
    return all().stream()
        .map(Story::last)
        .filter(each -> each.grouping().parent().equals(id))
        .toList();
  }

  /** Another one whenever something may have changed. */
  synchronized long version() {
    return version;
  }
}
