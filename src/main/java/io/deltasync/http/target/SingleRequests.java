package io.deltasync.http.target;

import java.util.List;
import java.util.Set;

import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import org.jspecify.annotations.Nullable;

/**
 * Delivers records by a request for each. Confined to one thread.
 */
final class SingleRequests {

	private static final int NOT_FOUND = 404;

	private static final Set<Integer> MISSING = Set.of(NOT_FOUND, 410);

	private final Operations operations;

	private final Sender sender;

	private final HttpTargetOptions options;

	SingleRequests(Operations operations, Sender sender, HttpTargetOptions options) {
		this.operations = operations;
		this.sender = sender;
		this.options = options;
	}

	/** Delivers records in their order, and marks those that fail. */
	void push(LinkContext context, List<RecordInFlight> records) throws InterruptedException {
		for (RecordInFlight record : records) {
			try {
				push(context, record);
			}
			catch (RejectedRecordException ex) {
				record.addError(String.valueOf(ex.getMessage()));
			}
		}
	}

	private void push(LinkContext context, RecordInFlight record) throws RejectedRecordException, InterruptedException {
		RequestTemplate request = this.operations.of(record);
		HttpCall call = request.call(context, record);
		RequestTemplate create = (record.operation() == Operation.UPSERT) ? this.operations.create() : null;
		@Nullable HttpCall second = (create != null) ? create.call(context, record) : null;
		if (context.testingMode()) {
			return;
		}
		try (HttpAnswer answer = this.sender.send(call)) {
			if (second == null || answer.status() != NOT_FOUND) {
				mark(record, call, answer);
				return;
			}
		}
		try (HttpAnswer answer = this.sender.send(second)) {
			mark(record, second, answer);
			record.setCreated(answer.isSuccess());
		}
	}

	private void mark(RecordInFlight record, HttpCall call, HttpAnswer answer) {
		boolean gone = record.operation() != Operation.UPSERT && MISSING.contains(answer.status());
		if (answer.isSuccess() || gone || this.options.successStatus().contains(answer.status())) {
			record.setCreated(answer.status() == 201 && record.operation() == Operation.UPSERT);
		}
		else {
			record.addError(Sender.describe(call, answer));
		}
	}

}
