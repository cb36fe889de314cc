// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Entity;
import java.util.List;

/**
 * Findings that belong to one problem, as they stood at a transition. Each record supersedes the
 * earlier ones of the same id.
 *
 * @param id 16 hexadecimal digits: the hash of the entity and the onset of the finding that opened
 *     it, so that a repeated run gives the same id
 * @param transition what has just happened to it
 * @param revision 1 when opened, one more with each transition
 * @param time event time of this transition, ms since the epoch
 * @param onset when the problem began, ms since the epoch
 * @param opened when there was enough to call it an incident, ms since the epoch
 * @param closed when it was over, ms since the epoch; 0 while it lasts
 * @param severity how loudly to tell it
 * @param entity where it is felt
 * @param title what is wrong, in one line
 * @param symptoms what users feel, the strongest first
 * @param suspects probable causes, the first the most probable; empty when nothing stands out
 * @param cleared what was looked at and ruled out
 * @param changes what was changed shortly before or since, the latest first
 * @param findings how many findings have joined so far
 * @param grouping who takes part in it and why, and what has changed
 */
public record Incident(
    String id,
    Transition transition,
    int revision,
    long time,
    long onset,
    long opened,
    long closed,
    Severity severity,
    Entity entity,
    String title,
    List<Evidence> symptoms,
    List<Suspect> suspects,
    List<Cleared> cleared,
    List<Change> changes,
    int findings,
    Grouping grouping) {

  /** What can happen to an incident. */
  public enum Transition {
    OPENED,
    UPDATED,
    RESOLVED
  }

  public Incident {
    symptoms = List.copyOf(symptoms);
    suspects = List.copyOf(suspects);
    cleared = List.copyOf(cleared);
    changes = List.copyOf(changes);
  }

  Incident with(List<News> news) {
    return new Incident(
        id,
        transition,
        revision,
        time,
        onset,
        opened,
        closed,
        severity,
        entity,
        title,
        symptoms,
        suspects,
        cleared,
        changes,
        findings,
        grouping.withNews(news));
  }
}
