package io.deltasync.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.run.deliver.StandaloneDelivery;
import org.jspecify.annotations.Nullable;

/**
 * Passes records through a filter as DeltaSync does, with retries and with the split of
 * failing batches, but in memory and without waiting. For example:
 * {@code FilterKit.of(MyFilter::new).context(context).run(records)}.
 * <p>
 * Whatever would abort the run or violates the contract of {@code io.deltasync.api}
 * results in an {@link AssertionError} that explains the remedy. The kit is stricter than
 * a run: the filter must give the same results when the same instance is given the
 * records again, as after a retry, and when another instance is given them one by one, as
 * after the split of a batch. Not thread-safe.
 */
public final class FilterKit {

	private final Supplier<? extends RecordFilter> filters;

	private @Nullable Object options;

	private LinkContext context = LinkContext.builder().build();

	private boolean dependsOnBatch;

	private FilterKit(Supplier<? extends RecordFilter> filters) {
		this.filters = filters;
	}

	/**
	 * Creates a kit for a filter.
	 * @param filters creates a new instance of the filter at each call, as Spring does
	 * @return the kit
	 */
	public static FilterKit of(Supplier<? extends RecordFilter> filters) {
		return new FilterKit(filters);
	}

	/**
	 * Sets the options that each instance is configured with.
	 * @param options the options, of the type that the filter's {@code optionsType}
	 * returns
	 * @return this kit
	 */
	public FilterKit options(Object options) {
		this.options = options;
		return this;
	}

	/**
	 * Sets the context that is passed to the filter.
	 * @param context the context; the default is {@code LinkContext.builder().build()}
	 * @return this kit
	 */
	public FilterKit context(LinkContext context) {
		this.context = context;
		return this;
	}

	/**
	 * Allows results that depend on the other records of a batch. Batches are cut where
	 * their size limit or the end of a lane happens to be.
	 * @return this kit
	 */
	public FilterKit dependsOnBatch() {
		this.dependsOnBatch = true;
		return this;
	}

	/**
	 * Filters records.
	 * @param records the records, which are not changed
	 * @return the result of the first pass, never null; if {@code validFor} returned
	 * false, all records are kept as they are
	 * @throws AssertionError if the run would be aborted or the filter violates its
	 * contract
	 */
	public FilterRun run(List<RecordInFlight> records) {
		Instances<RecordFilter> instances = new Instances<>("filter", "FilterKit", this.filters, this.options);
		return instances.closingAfter(() -> run(records, instances));
	}

	private FilterRun run(List<RecordInFlight> records, Instances<RecordFilter> instances) {
		RecordFilter filter = instances.fresh();
		if (!isValid(filter)) {
			List<RecordInFlight> copies = RecordCopies.of(records);
			return new FilterRun(false, copies, copies);
		}
		FilterRun first = filter(filter, this.context, records);
		requireSame(first, filter(filter, this.context, records), instances,
				"when it is given the same records again, as after a retry; let it bear to see them again, and change "
						+ "values with RecordInFlight.set alone");
		if (!this.dependsOnBatch) {
			RecordFilter other = instances.fresh();
			isValid(other);
			requireSame(first, filter(other, this.context.toBuilder().batchSizeLimit(1).build(), records), instances,
					"when it is given the records one by one, as after the split of a batch; let the result of a "
							+ "record not depend on others, or say dependsOnBatch()");
		}
		return first;
	}

	private boolean isValid(RecordFilter filter) {
		try {
			return new RunContext().call(() -> filter.validFor(this.context));
		}
		catch (Exception ex) {
			throw AdapterFailure.by(ex, "filter", filter, "validFor", "");
		}
	}

	private static FilterRun filter(RecordFilter filter, LinkContext context, List<RecordInFlight> records) {
		List<RecordInFlight> copies = RecordCopies.of(records);
		StaticFields statics = StaticFields.of("filter", filter.getClass());
		try {
			List<RecordInFlight> kept = new RunContext().call(() -> StandaloneDelivery.filter(context, filter, copies));
			statics.requireUnchanged("process");
			return new FilterRun(true, copies, kept);
		}
		catch (Exception ex) {
			throw AdapterFailure.by(ex, "filter", filter, "process", "");
		}
	}

	private static void requireSame(FilterRun first, FilterRun repeated, Instances<RecordFilter> instances,
			String circumstances) {
		List<String> differences = new ArrayList<>();
		add(differences, "kept", first.kept(), repeated.kept());
		add(differences, "dropped", first.dropped(), repeated.dropped());
		add(differences, "ignored", first.ignored(), repeated.ignored());
		add(differences, "failed", first.failed(), repeated.failed());
		if (!differences.isEmpty()) {
			throw new AssertionError("process of filter %s gives other results %s. %s".formatted(instances.name(),
					circumstances, String.join("; ", differences)));
		}
	}

	private static void add(List<String> differences, String what, List<RecordInFlight> before,
			List<RecordInFlight> now) {
		String difference = RecordImage.difference(before, now);
		if (difference != null) {
			differences.add("Of those %s, %s".formatted(what, difference));
		}
	}

}
