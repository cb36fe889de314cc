// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a command that runs everything works with.
 *
 * @param directory the run's own
 * @param resources what is closed at the end, also when the process is told to end
 * @param console what the user reads
 */
record Session(RunDirectory directory, Resources resources, Console console) {
  /** What a command does in a session. */
  interface Play {
    void in(Session session) throws InterruptedException;
  }

  /**
   * Plays, and leaves nothing behind but the log of a run that failed.
   *
   * @param data where the run keeps what it learns; null for nowhere
   * @throws LocalRunException as the play does; it names the log
   */
  static void play(@Nullable Path data, Play play) throws InterruptedException {
    RunDirectory directory = RunDirectory.open(data);
    Console console = Console.standard();
    try (Resources resources = new Resources(() -> console.say("Ending ..."))) {
      resources.add(directory);
      resources.add(console);
      try {
        play.in(new Session(directory, resources, console));
      } catch (LocalRunException e) {
        resources.awaitEndIfEnding();
        directory.failed();
        throw new LocalRunException("%s (log: %s)".formatted(e.getMessage(), directory.log()), e);
      } catch (RuntimeException | Error e) {
        resources.awaitEndIfEnding();
        directory.failed();
        throw e;
      }
    }
  }

  /** Starts Kafka, the gateway and the jobs. */
  LocalRun start(LocalSettings settings) {
    return new LocalRun(settings, directory, resources, console);
  }
}
