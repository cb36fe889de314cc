// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.jobs.local.LocalRunException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A task manager in a process of its own, and what it tells of itself. */
final class TaskManager implements AutoCloseable {
  private final ChildProcess child;
  private final PrintStream questions;
  private final BufferedReader answers;

  private TaskManager(ChildProcess child) {
    this.child = child;
    questions = new PrintStream(child.process().getOutputStream(), true, StandardCharsets.UTF_8);
    answers = child.process().inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts one.
   *
   * @param directory that holds Flink's configuration
   * @param heapMegabytes the most that its heap may be
   */
  static TaskManager start(Path directory, long heapMegabytes) throws IOException {
    return new TaskManager(
        ChildProcess.java(
            FlinkProcess.TASK_MANAGER,
            List.of(
                "-Xms" + heapMegabytes + "m",
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseParallelGC",
                FlinkProcess.class.getName(),
                FlinkProcess.TASK_MANAGER,
                directory.toString()),
            directory));
  }

  /** The sum of a counter over all subtasks of a job; 0 while there are none. */
  long count(String job, String counter, String fate) {
    return Long.parseLong(ask("count " + job + " " + counter + " " + fate));
  }

  /** Forgets the counters of a job. */
  void forget(String job) {
    ask("forget " + job);
  }

  /** Heap in use after garbage collection, in bytes. */
  long usedHeap() {
    return Long.parseLong(ask("heap"));
  }

  /** Measures from now on. */
  void startMeter() {
    ask("start");
  }

  /** What so many samples have cost since then. */
  Cost stopMeter(long samples) {
    return FlinkProcess.cost(ask("stop " + samples));
  }

  private synchronized String ask(String question) {
    try {
      questions.println(question);
      String answer = answers.readLine();
      if (answer == null) {
        throw new LocalRunException("The task manager has ended by itself.");
      }
      return answer;
    } catch (IOException e) {
      throw new LocalRunException("The task manager does not answer: " + e.getMessage() + ".", e);
    }
  }

  /** Throws unless it runs. */
  void requireAlive(Path directory) throws IOException {
    child.requireAlive(directory);
  }

  /** Ends it as kill -9 does. */
  @Override
  public void close() {
    child.close();
  }
}
