package io.deltasync.run.deliver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapter;
import io.deltasync.link.RetrySettings;
import io.deltasync.run.retry.Retries;

/**
 * Calls targets and filters as a lane does, but outside of a run: nothing is stored, and
 * calls are retried without waiting. For the test kit.
 */
public final class StandaloneDelivery {

	private static final int ATTEMPTS = 3;

	private StandaloneDelivery() {
	}

	/**
	 * Delivers records in batches. Batches that fail are split.
	 * @param context the context passed to the target, with its batch size limit
	 * @param target the target, which is not closed
	 * @param records the records, on which the outcome is marked
	 * @throws Exception if the run would be aborted
	 */
	public static void deliver(LinkContext context, TargetAdapter target, List<RecordInFlight> records)
			throws Exception {
		Retries retries = retries(context);
		Delivery delivery = new Delivery(context, new Filters(List.of(), context, retries), (record) -> {
		}, UnaryOperator.identity(), target, retries);
		for (List<RecordInFlight> batch : batches(context, records)) {
			delivery.deliver(batch.stream().map(BatchRecord::standalone).toList());
		}
	}

	/**
	 * Filters records in batches. Batches on which the filter fails are split.
	 * @param context the context passed to the filter, with the batch size limit
	 * @param filter the filter, which is not closed
	 * @param records the records, on which the outcome is marked
	 * @return the records that would continue to the target
	 * @throws RuntimeException if the run would be aborted
	 */
	public static List<RecordInFlight> filter(LinkContext context, RecordFilter filter, List<RecordInFlight> records) {
		FilterCall call = new FilterCall("filter", filter, context, retries(context));
		List<RecordInFlight> left = new ArrayList<>();
		for (List<RecordInFlight> batch : batches(context, records)) {
			call.process(batch.stream().map(BatchRecord::standalone).toList())
				.forEach((survivor) -> left.add(survivor.record));
		}
		return left;
	}

	private static List<List<RecordInFlight>> batches(LinkContext context, List<RecordInFlight> records) {
		List<List<RecordInFlight>> batches = new ArrayList<>();
		for (int from = 0; from < records.size(); from += context.batchSizeLimit()) {
			batches.add(records.subList(from, Math.min(from + context.batchSizeLimit(), records.size())));
		}
		return batches;
	}

	static Retries retries(LinkContext context) {
		return new Retries(context.linkName(),
				new RetrySettings(ATTEMPTS, Duration.ofMillis(1), 1, Duration.ofMillis(1)),
				(call, attempt, wait) -> true, () -> {
				});
	}

}
