package io.deltasync.http.target;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import org.jspecify.annotations.Nullable;

/**
 * Delivers many records by one request. Confined to one thread.
 */
final class BatchRequests {

	private static final int TOO_LARGE = 413;

	private static final int MULTI_STATUS = 207;

	private final Sender sender;

	private final HttpTargetOptions options;

	private final @Nullable BatchResults results;

	BatchRequests(Sender sender, HttpTargetOptions options) {
		this.sender = sender;
		this.options = options;
		this.results = (options.results() != null) ? new BatchResults(options.results(), options.successStatus())
				: null;
	}

	/**
	 * Delivers records that have the same request, and marks those that fail.
	 * @throws RejectedBatchException if the server refuses a batch without saying which
	 * of its records is at fault
	 */
	void push(LinkContext context, RequestTemplate request, List<RecordInFlight> records)
			throws RejectedBatchException, InterruptedException {
		List<RecordInFlight> sound = new ArrayList<>();
		List<@Nullable Object> bodies = new ArrayList<>();
		for (RecordInFlight record : records) {
			try {
				bodies.add(request.json(record));
				sound.add(record);
			}
			catch (RejectedRecordException ex) {
				record.addError(String.valueOf(ex.getMessage()));
			}
		}
		if (!sound.isEmpty() && !context.testingMode()) {
			send(context, request, sound, bodies);
		}
	}

	private void send(LinkContext context, RequestTemplate request, List<RecordInFlight> records,
			List<@Nullable Object> bodies) throws RejectedBatchException, InterruptedException {
		HttpCall call = request.call(context, (this.options.batch() == HttpTargetOptions.Batch.JSON_LINES)
				? JsonBody.lines(bodies) : JsonBody.array(bodies, this.options.batchPath()));
		try (HttpAnswer answer = this.sender.send(call)) {
			if (answer.status() != TOO_LARGE || records.size() == 1) {
				mark(records, call, answer);
				return;
			}
		}
		int middle = records.size() / 2;
		send(context, request, records.subList(0, middle), bodies.subList(0, middle));
		send(context, request, records.subList(middle, records.size()), bodies.subList(middle, records.size()));
	}

	private void mark(List<RecordInFlight> records, HttpCall call, HttpAnswer answer) throws RejectedBatchException {
		boolean success = answer.isSuccess() || this.options.successStatus().contains(answer.status());
		if (success && this.results != null) {
			this.results.mark(records, call, answer);
		}
		else if (answer.status() == MULTI_STATUS) {
			throw new AbortRunException(
					"%s answers with status 207, which means that the answer says what became of each record; configure the target's results, so that no failed record counts as delivered"
						.formatted(call.method() + " " + answer.shownUri()));
		}
		else if (!success) {
			String why = Sender.describe(call, answer);
			if (records.size() > 1) {
				throw new RejectedBatchException(why);
			}
			records.get(0).addError(why);
		}
	}

}
