package io.deltasync.testkit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.TargetAdapter;
import io.deltasync.api.TargetAdapterForCompletion;
import io.deltasync.api.TargetAdapterForDeletes;
import io.deltasync.run.deliver.StandaloneDelivery;
import org.jspecify.annotations.Nullable;

/**
 * Delivers records to a target adapter as DeltaSync does, in batches, with retries and
 * with the split of failing batches, but in memory and without waiting. For example:
 * {@code TargetKit.of(MyTarget::new).context(context).state(server::rows).run(records)}.
 * <p>
 * Whatever would abort the run or violates the contract of {@code io.deltasync.api}
 * results in an {@link AssertionError} that explains the remedy. Besides a usual delivery
 * the kit checks the following, and the parts marked with * only if {@link #state} is
 * given:
 * <ul>
 * <li>The same records can be delivered again, by the same instance as after a retry and
 * by another one as in a widened window, with the same outcome and state*.</li>
 * <li>A record that failed in a batch also fails alone.</li>
 * <li>{@link RunContext#checkBeforeCommit()} is called before records are written, and
 * nothing is written if it throws*.</li>
 * <li>In testing mode nothing is changed*.</li>
 * <li>A {@link TargetAdapterForCompletion} can complete the run, twice, each time on a
 * new instance, and the second call changes nothing*.</li>
 * <li>With {@link #deletes()}: the records can be deleted, twice, and are then
 * gone*.</li>
 * <li>Each instance can be closed.</li>
 * </ul>
 * Not thread-safe. It has more than 300 lines because each of these checks is a method,
 * and they share the records and the state.
 */
public final class TargetKit {

	private static final Duration COMMIT_LIMIT = Duration.ofMinutes(1);

	private final Supplier<? extends TargetAdapter> adapters;

	private @Nullable Object options;

	private LinkContext context = LinkContext.builder().build();

	private @Nullable Supplier<? extends @Nullable Object> state;

	private boolean deletes;

	private TargetKit(Supplier<? extends TargetAdapter> adapters) {
		this.adapters = adapters;
	}

	/**
	 * Creates a kit for a target adapter.
	 * @param adapters creates a new instance of the adapter at each call, as Spring does
	 * @return the kit
	 */
	public static TargetKit of(Supplier<? extends TargetAdapter> adapters) {
		return new TargetKit(adapters);
	}

	/**
	 * Sets the options that each instance is configured with.
	 * @param options the options, of the type that the adapter's {@code optionsType}
	 * returns
	 * @return this kit
	 */
	public TargetKit options(Object options) {
		this.options = options;
		return this;
	}

	/**
	 * Sets the context that is passed to the adapter.
	 * @param context the context; the default is {@code LinkContext.builder().build()}
	 * @return this kit
	 */
	public TargetKit context(LinkContext context) {
		this.context = context;
		return this;
	}

	/**
	 * Sets how the contents of the target are read, so that the kit can compare them.
	 * @param state returns all that the target holds, for example a list of rows in a
	 * fixed order or a map from key to row, without times of changes
	 * @return this kit
	 */
	public TargetKit state(Supplier<? extends @Nullable Object> state) {
		this.state = state;
		return this;
	}

	/**
	 * Also deletes the delivered records. The target must not hold them before the test.
	 * @return this kit
	 */
	public TargetKit deletes() {
		this.deletes = true;
		return this;
	}

	/**
	 * Delivers records.
	 * @param records the records, which are not changed; some of them may be records that
	 * the target must refuse
	 * @return the result of the first delivery, never null
	 * @throws AssertionError if the run would be aborted or the adapter violates its
	 * contract
	 */
	public TargetRun run(List<RecordInFlight> records) {
		Instances<TargetAdapter> instances = new Instances<>("target adapter", "TargetKit", this.adapters,
				this.options);
		return instances.closingAfter(() -> run(records, instances));
	}

	private TargetRun run(List<RecordInFlight> records, Instances<TargetAdapter> instances) {
		LinkContext limited = limited(instances.fresh());
		Object before = readState();
		if (this.state != null) {
			deliver(instances.fresh(), limited.toBuilder().testingMode(true).build(), records);
			requireState(before, instances,
					"changed the target in testing mode; change nothing, or roll back, if " + "context.testingMode()");
			deliverWithoutLink(instances.fresh(), limited, records);
			requireState(before, instances,
					"changed the target although RunContext.checkBeforeCommit() threw; call it before the change, and "
							+ "roll back and let its exception propagate");
		}
		TargetAdapter lane = instances.fresh();
		TargetRun run = deliver(lane, limited, records);
		Object delivered = readState();
		String remedy = "; records are delivered at least once, so write idempotently, by key";
		requireSame(run, deliver(lane, limited, records), "by the same instance" + remedy, lane);
		requireState(delivered, instances, "left another state when the same instance delivered again" + remedy);
		requireSame(run, deliver(instances.fresh(), limited, records), "by another instance" + remedy, lane);
		requireState(delivered, instances, "left another state when another instance delivered again" + remedy);
		requireFailedAlone(run, instances, limited);
		boolean completes = lane instanceof TargetAdapterForCompletion;
		if (completes) {
			complete(instances, limited);
		}
		if (this.deletes) {
			delete(run, instances, limited, before);
		}
		if (this.deletes && completes) {
			complete(instances, limited);
		}
		return run;
	}

	private LinkContext limited(TargetAdapter adapter) {
		int limit;
		try {
			limit = new RunContext().call(() -> adapter.getBatchSizeLimit(this.context));
		}
		catch (Exception ex) {
			throw AdapterFailure.by(ex, "target adapter", adapter, "getBatchSizeLimit", "");
		}
		if (limit < 1) {
			throw new AssertionError("getBatchSizeLimit of target adapter %s returned %d; return 1 or more"
				.formatted(adapter.getClass().getName(), limit));
		}
		return this.context.toBuilder().batchSizeLimit(Math.min(limit, this.context.batchSizeLimit())).build();
	}

	private static TargetRun deliver(TargetAdapter adapter, LinkContext context, List<RecordInFlight> records) {
		List<RecordInFlight> copies = RecordCopies.of(records);
		CountingTarget counting = CountingTarget.of(adapter);
		AtomicInteger checks = new AtomicInteger();
		RunContext call = new RunContext(checks::incrementAndGet, COMMIT_LIMIT);
		StaticFields statics = StaticFields.of("target adapter", adapter.getClass());
		try {
			call.call(() -> {
				StandaloneDelivery.deliver(context, counting, copies);
				return true;
			});
			statics.requireUnchanged("pushRecords");
		}
		catch (Exception ex) {
			throw AdapterFailure.by(ex, "target adapter", adapter, "pushRecords", "");
		}
		TargetRun run = new TargetRun(copies, counting.calls(), call.warnings());
		if (checks.get() == 0 && !context.testingMode() && !run.delivered().isEmpty()) {
			throw new AssertionError(("pushRecords of target adapter %s delivered records without calling "
					+ "RunContext.checkBeforeCommit(); call it immediately before each commit or request, so that a "
					+ "process that has lost its Link changes nothing")
				.formatted(adapter.getClass().getName()));
		}
		return run;
	}

	/** Delivers as in a process that notices before its commit that it lost its Link. */
	private static void deliverWithoutLink(TargetAdapter adapter, LinkContext context, List<RecordInFlight> records) {
		RunContext call = new RunContext(() -> {
			throw new AbortRunException("the run has lost its Link");
		}, COMMIT_LIMIT);
		try {
			call.call(() -> {
				StandaloneDelivery.deliver(context, adapter, RecordCopies.of(records));
				return true;
			});
		}
		catch (Exception ex) {
			// as it should be
		}
	}

	private static void requireSame(TargetRun first, TargetRun repeated, String circumstances, TargetAdapter adapter) {
		for (int i = 0; i < first.records().size(); i++) {
			RecordInFlight before = first.records().get(i);
			RecordInFlight now = repeated.records().get(i);
			if (before.isFailed() != now.isFailed()) {
				throw new AssertionError("pushRecords of target adapter %s %s record %s when it was delivered again %s"
					.formatted(adapter.getClass().getName(),
							now.isFailed() ? "failed (%s) for".formatted(now.errors()) : "no longer failed for",
							RecordImage.excerpt(now), circumstances));
			}
		}
	}

	private void requireFailedAlone(TargetRun run, Instances<TargetAdapter> instances, LinkContext context) {
		if (run.records().size() == 1) {
			return;
		}
		for (RecordInFlight failed : run.failed()) {
			TargetAdapter adapter = instances.fresh();
			TargetRun alone = deliver(adapter, context, List.of(failed));
			if (alone.failed().isEmpty()) {
				throw new AssertionError(("pushRecords of target adapter %s failed for record %s in a batch (%s), but "
						+ "not alone; mark only the records at fault, or throw, and the batch is split")
					.formatted(adapter.getClass().getName(), RecordImage.excerpt(failed), failed.errors()));
			}
		}
	}

	/** Completes the run as often as a crash makes necessary. */
	private void complete(Instances<TargetAdapter> instances, LinkContext context) {
		Object completed = null;
		for (String circumstances : List.of("", " when it was called again for the same run")) {
			TargetAdapterForCompletion adapter = (TargetAdapterForCompletion) instances.fresh();
			try {
				new RunContext(() -> {
				}, COMMIT_LIMIT).<@Nullable Void>call(() -> {
					adapter.completeRun(context);
					return null;
				});
			}
			catch (Exception ex) {
				throw new AssertionError(
						"completeRun of target adapter %s failed%s: %s; in a run that would be a failure"
							.formatted(adapter.getClass().getName(), circumstances, ex),
						ex);
			}
			if (!circumstances.isEmpty()) {
				requireState(completed, instances,
						"left another state when completeRun was called again; it may be repeated after a crash");
			}
			completed = readState();
		}
	}

	private void delete(TargetRun run, Instances<TargetAdapter> instances, LinkContext context,
			@Nullable Object before) {
		TargetAdapter adapter = instances.fresh();
		String name = adapter.getClass().getName();
		if (!(adapter instanceof TargetAdapterForDeletes)) {
			throw new AssertionError(
					"target adapter %s does not implement TargetAdapterForDeletes; do so, or leave out deletes()"
						.formatted(name));
		}
		List<RecordInFlight> deletions = run.delivered().stream().map(TargetKit::deletion).toList();
		for (String circumstances : List.of("", " that were deleted before; deletions are repeated, too")) {
			List<RecordInFlight> failed = deliver(adapter, context, deletions).failed();
			if (!failed.isEmpty()) {
				throw new AssertionError("pushRecords of target adapter %s failed to delete records%s: record %s: %s"
					.formatted(name, circumstances, RecordImage.excerpt(failed.get(0)), failed.get(0).errors()));
			}
		}
		requireState(before, instances,
				"did not delete the records that it was given with Operation.DELETE, or more than these");
	}

	/** A deletion has the properties of the key alone, if the key is known. */
	private static RecordInFlight deletion(RecordInFlight record) {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>(record.originalProperties());
		if (!record.keyProperties().isEmpty()) {
			properties.keySet().retainAll(record.keyProperties());
		}
		return new RecordInFlight(properties, Operation.DELETE).identifiedBy(record.keyProperties());
	}

	private @Nullable Object readState() {
		return (this.state != null) ? RecordImage.image(this.state.get()) : null;
	}

	private void requireState(@Nullable Object expected, Instances<TargetAdapter> instances, String fault) {
		Object now = readState();
		if (!Objects.equals(expected, now)) {
			throw new AssertionError("target adapter %s %s. It held %s, and now holds %s".formatted(instances.name(),
					fault, RecordImage.cut(expected), RecordImage.cut(now)));
		}
	}

}
