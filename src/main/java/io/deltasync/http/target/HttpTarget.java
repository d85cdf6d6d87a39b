package io.deltasync.http.target;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapterForDeletes;
import io.deltasync.http.connection.HttpConnection;
import io.deltasync.http.connection.HttpConnections;
import org.jspecify.annotations.Nullable;

/**
 * Delivers records by HTTP requests.
 */
public final class HttpTarget implements TargetAdapterForDeletes, ConfigurableAdapter<HttpTargetOptions> {

	private final HttpConnections connections;

	private @Nullable HttpTargetOptions options;

	private @Nullable Operations operations;

	private @Nullable Sender sender;

	/**
	 * Creates the adapter.
	 * @param connections the connections of the type {@code http}
	 */
	public HttpTarget(HttpConnections connections) {
		this.connections = connections;
	}

	@Override
	public String resourceOption() {
		return "path";
	}

	@Override
	public Class<HttpTargetOptions> optionsType() {
		return HttpTargetOptions.class;
	}

	@Override
	public void configure(HttpTargetOptions options) {
		HttpConnection connection = this.connections.get(options.connection());
		this.operations = Operations.of(options);
		this.sender = new Sender(connection, options);
		this.options = options;
	}

	@Override
	public String identity(LinkContext context) {
		HttpTargetOptions configured = configured(this.options);
		return "http %s %s".formatted(this.connections.get(configured.connection()).location(), configured.path());
	}

	@Override
	public int getBatchSizeLimit(LinkContext context) {
		return configured(this.options).batchSize();
	}

	@Override
	public void pushRecords(LinkContext context, List<RecordInFlight> records)
			throws RejectedBatchException, InterruptedException {
		HttpTargetOptions configured = configured(this.options);
		Sender sending = configured(this.sender);
		Operations requests = configured(this.operations);
		sending.begin();
		SingleRequests single = new SingleRequests(requests, sending, configured);
		if (configured.batch() == HttpTargetOptions.Batch.SINGLE) {
			single.push(context, records);
			return;
		}
		BatchRequests batches = new BatchRequests(sending, configured);
		for (List<RecordInFlight> part : parts(records, requests)) {
			RequestTemplate request = request(part.get(0), requests);
			if (request == null || request.isForOne()) {
				single.push(context, part);
			}
			else {
				batches.push(context, request, part);
			}
		}
	}

	/** Divides records into parts with the same request, keeping their order. */
	private static List<List<RecordInFlight>> parts(List<RecordInFlight> records, Operations requests) {
		List<List<RecordInFlight>> parts = new ArrayList<>();
		RequestTemplate last = null;
		for (RecordInFlight record : records) {
			RequestTemplate request = request(record, requests);
			if (parts.isEmpty() || request != last) {
				parts.add(new ArrayList<>());
			}
			parts.get(parts.size() - 1).add(record);
			last = request;
		}
		return parts;
	}

	private static @Nullable RequestTemplate request(RecordInFlight record, Operations requests) {
		try {
			return requests.of(record);
		}
		catch (RejectedRecordException ex) {
			return null;
		}
	}

	@Override
	public void validate(LinkContext context, List<String> propertyNames) {
		for (String property : configured(this.operations).required()) {
			String first = property.replaceFirst("[.\\[].*", "");
			if (!propertyNames.contains(property) && !propertyNames.contains(first)) {
				throw new AbortRunException("the path needs the property '%s', which records do not have; they have: %s"
					.formatted(property, String.join(", ", propertyNames)));
			}
		}
	}

	@Override
	public void validateDeletes(LinkContext context) {
		if (configured(this.operations).delete() == null) {
			throw new AbortRunException(
					"records cannot be deleted: the path '%s' is the same for all of them; give the target a delete.path, such as %1$s/{id}"
						.formatted(context.linkTargetName()));
		}
	}

	private static <T> T configured(@Nullable T part) {
		if (part == null) {
			throw new IllegalStateException("The adapter is not configured; call configure first");
		}
		return part;
	}

}
