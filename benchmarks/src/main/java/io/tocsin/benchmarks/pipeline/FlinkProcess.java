// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.benchmarks.measure.ProcessMeter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * The main class of a Flink process: a job manager or a task manager as Flink itself starts them,
 * and a thread that answers what the benchmark asks, line by line, and ends the process when nobody
 * asks any more.
 */
public final class FlinkProcess {
  static final String JOB_MANAGER = "jobmanager";
  static final String TASK_MANAGER = "taskmanager";

  private final PrintStream answers;
  private ProcessMeter meter = ProcessMeter.start();

  private FlinkProcess(PrintStream answers) {
    this.answers = answers;
  }

  /** Arguments: what to be, and the directory of Flink's configuration. */
  public static void main(String[] args) {
    FlinkProcess process = new FlinkProcess(System.out);
    // What libraries print is no answer.
    System.setOut(System.err);
    Thread thread = new Thread(process::answerAll, "benchmark");
    thread.setDaemon(true);
    thread.start();
    if (args[0].equals(JOB_MANAGER)) {
      StandaloneSessionClusterEntrypoint.main(new String[] {"--configDir", args[1]});
    } else {
      TaskManagerRunner.runTaskManagerProcessSecurely(
          GlobalConfiguration.loadConfiguration(args[1]));
    }
  }

  private void answerAll() {
    try (BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        answers.println(answer(line.split(" ", -1)));
        answers.flush();
      }
    } catch (IOException e) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(0);
  }

  private String answer(String[] question) {
    return switch (question[0]) {
      case "count" -> Long.toString(JobCounters.sum(question[1], question[2], question[3]));
      case "forget" -> {
        JobCounters.forget(question[1]);
        yield "";
      }
      case "heap" -> Long.toString(usedHeap());
      case "start" -> {
        meter = ProcessMeter.start();
        yield "";
      }
      case "stop" -> text(meter.stop(Long.parseLong(question[1])));
      default -> throw new IllegalArgumentException("no such question: " + question[0]);
    };
  }

  private static String text(Cost cost) {
    return "%d %d %d %d"
        .formatted(cost.samples(), cost.cpuNanos(), cost.allocatedBytes(), cost.wallNanos());
  }

  /** Reads what {@link #text} wrote. */
  static Cost cost(String text) {
    String[] parts = text.split(" ", -1);
    return new Cost(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]));
  }

  private static long usedHeap() {
    // Twice: what the first frees may keep more alive that only then can be freed.
    ManagementFactory.getMemoryMXBean().gc();
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
