// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.jobs.health.DurationHistogram;
import io.tocsin.jobs.serialization.Circumstance;
import io.tocsin.jobs.serialization.CodecSerializer;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.incidents.Alert;
import io.tocsin.models.incidents.AlertMaker;
import io.tocsin.models.incidents.Bookkeeping;
import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.IncidentBook;
import io.tocsin.models.incidents.Knowledge;
import io.tocsin.models.incidents.Told;
import io.tocsin.models.topology.ObjectLink;
import io.tocsin.models.topology.SeenEdge;
import io.tocsin.models.topology.TopologyRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps one cluster's book of incidents. Records wait until event time has reached them, and the
 * book is advanced at exactly the times of records and deadlines; so what comes out depends on
 * neither the order nor the speed of what comes in. Processing time serves sending only.
 */
final class GroupFindings
    extends KeyedBroadcastProcessFunction<String, FindingsRecord, Circumstance, Incident> {
  /** The alert of each transition. */
  static final OutputTag<Alert> ALERTS =
      new OutputTag<>("alerts", RecordType.ALERTS.typeInformation());

  /** Alerts that fire, or did so until a short while ago, at intervals of processing time. */
  static final OutputTag<Alert> REPETITIONS =
      new OutputTag<>("repetitions", RecordType.ALERTS.typeInformation());

  private static final double[] DELAYS = {0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300};

  private final IncidentsSettings settings;
  private transient Bookkeeping bookkeeping;
  private transient AlertMaker maker;
  private transient ValueState<IncidentBook> books;
  private transient MapState<Long, List<FindingsRecord>> waiting;
  private transient Set<String> awake;
  private transient DurationHistogram delay;
  private transient RecentChanges changes;
  private transient KnownTopology topology;
  private transient KnownFeedback feedback;
  private transient GroupCounters counters;
  private transient IncidentMetrics metrics;

  @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else.
  GroupFindings(IncidentsSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    long retention = settings.dispatch().resolvedRetention().toMillis();
    bookkeeping = new Bookkeeping(settings.incidents(), retention);
    maker = settings.alertMaker();
    awake = new HashSet<>();
    delay =
        new DurationHistogram(
            getRuntimeContext().getMetricGroup(), "tocsin_detection_delay_seconds", DELAYS);
    changes = new RecentChanges(settings.incidents());
    topology = new KnownTopology(settings);
    feedback = new KnownFeedback();
    boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    counters = new GroupCounters(getRuntimeContext().getMetricGroup(), first);
    metrics = new IncidentMetrics(getRuntimeContext().getMetricGroup());
    books =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("book", new IncidentBookSerializer()));
    waiting =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "waiting",
                    LongSerializer.INSTANCE,
                    new ListSerializer<>(new CodecSerializer<>(RecordType.FINDINGS))));
  }

  @Override
  public void processElement(
      FindingsRecord record, ReadOnlyContext context, Collector<Incident> out) throws Exception {
    TimerService timers = context.timerService();
    long time = Math.max(record.time(), reached(timers) + 1);
    List<FindingsRecord> sameTime = waiting.get(time);
    List<FindingsRecord> records = sameTime == null ? new ArrayList<>() : sameTime;
    records.add(record);
    waiting.put(time, records);
    timers.registerEventTimeTimer(time);
    if (awake.add(context.getCurrentKey())) {
      timers.registerProcessingTimeTimer(timers.currentProcessingTime());
    }
  }

  /**
   * Up to when records were worked off. After a restart of the job that finds, what has been here
   * comes again: all of it is taken in at once, lest the beginning of something that is long over
   * be taken for news. The watermark is not known after a restart of this job, but the book is.
   */
  private long reached(TimerService timers) throws IOException {
    IncidentBook book = books.value();
    return Math.max(timers.currentWatermark(), book == null ? Long.MIN_VALUE : book.time());
  }

  @Override
  public void processBroadcastElement(Circumstance told, Context context, Collector<Incident> out)
      throws Exception {
    long now = context.currentWatermark();
    Change change = told.change();
    TopologyRecord learned = told.topology();
    Feedback said = told.feedback();
    if (change != null) {
      BroadcastState<String, Change> state = context.getBroadcastState(RecentChanges.STATE);
      counters.change(changes.add(state, change, arrival(context), now));
    }
    if (learned != null) {
      learn(learned, context);
    }
    if (said != null) {
      int displaced = feedback.add(context.getBroadcastState(KnownFeedback.STATE), said);
      counters.feedback(said, displaced);
    }
  }

  /** When Kafka took the record, which its source has made its time. */
  private static long arrival(Context context) {
    Long time = context.timestamp();
    return time == null ? Long.MIN_VALUE : time;
  }

  private void learn(TopologyRecord learned, Context context) throws Exception {
    BroadcastState<String, TopologyRecord> state = context.getBroadcastState(KnownTopology.STATE);
    SeenEdge edge = learned.edge();
    ObjectLink link = learned.link();
    if (edge != null) {
      counters.edge(topology.add(state, edge, context.currentWatermark()));
    } else if (link != null) {
      counters.link(topology.add(state, link, context.currentWatermark()));
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Incident> out) throws Exception {
    IncidentBook stored = books.value();
    IncidentBook book = stored == null ? new IncidentBook() : stored;
    if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
      repeat(book, context);
      return;
    }
    List<FindingsRecord> records = waiting.get(time);
    waiting.remove(time);
    List<Incident> transitions =
        bookkeeping.advance(
            book, records == null ? List.of() : records, knowledge(context, time), time);
    for (Incident incident : transitions) {
      out.collect(incident);
      noteDelay(incident, context.timerService().currentProcessingTime());
      counters.told(incident);
      metrics.count(incident);
      context.output(ALERTS, maker.alert(new Told(incident, book.openedAs(incident.id()))));
    }
    if (!transitions.isEmpty()) {
      scheduleRepetition(context.timerService());
    }
    book.exceeded().drainTo(counters::exceeded);
    metrics.open(context.getCurrentKey(), book.told());
    store(book, context.timerService());
  }

  /** From the arrival of the sample that decided; of what is replayed it says nothing. */
  private void noteDelay(Incident incident, long now) {
    if (incident.transition() == Incident.Transition.OPENED) {
      delay.observeNanos(TimeUnit.MILLISECONDS.toNanos(now - incident.opened()));
    }
  }

  private Knowledge knowledge(OnTimerContext context, long time) throws Exception {
    var learned = context.getBroadcastState(KnownTopology.STATE);
    return new Knowledge(
        RecentChanges.all(context.getBroadcastState(RecentChanges.STATE)),
        topology.calls(learned, time),
        topology.owners(learned, time),
        feedback.all(context.getBroadcastState(KnownFeedback.STATE)));
  }

  private void store(IncidentBook book, TimerService timers) throws Exception {
    if (book.isEmpty()) {
      books.clear();
      return;
    }
    books.update(book);
    long deadline = bookkeeping.nextDeadline(book);
    if (deadline != Long.MAX_VALUE) {
      timers.registerEventTimeTimer(deadline);
    }
  }

  private void repeat(IncidentBook book, OnTimerContext context) {
    List<Told> told = book.told();
    told.forEach(each -> context.output(REPETITIONS, maker.alert(each)));
    if (!told.isEmpty()) {
      scheduleRepetition(context.timerService());
    }
  }

  private void scheduleRepetition(TimerService timers) {
    long interval = settings.resendInterval().toMillis();
    timers.registerProcessingTimeTimer((timers.currentProcessingTime() / interval + 1) * interval);
  }
}
