package io.deltasync.http.target;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.http.connection.HttpCall;
import org.jspecify.annotations.Nullable;

/**
 * Makes the requests of one operation. Immutable.
 */
final class RequestTemplate {

	private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE", "GET");

	/** What a server must allow to be repeated, according to HTTP. */
	private static final Set<String> IDEMPOTENT = Set.of("PUT", "DELETE", "GET");

	private final PathTemplate path;

	private final String method;

	private final @Nullable BodyTemplate body;

	private final Map<String, String> headers;

	private final @Nullable String idempotencyHeader;

	/**
	 * Creates the requests.
	 * @throws IllegalArgumentException if path or method is wrong
	 */
	RequestTemplate(PathTemplate path, String method, @Nullable BodyTemplate body, HttpTargetOptions options) {
		this.path = path;
		this.method = method.strip().toUpperCase(Locale.ROOT);
		if (!METHODS.contains(this.method)) {
			throw new IllegalArgumentException(
					"method is '%s'; give POST, PUT, PATCH, DELETE or GET".formatted(method));
		}
		this.body = body;
		this.headers = (options.headers() != null) ? options.headers() : Map.of();
		this.idempotencyHeader = options.idempotencyHeader();
	}

	/** Returns the request for records that are inserted or updated. */
	static RequestTemplate upsert(HttpTargetOptions options) {
		PathTemplate path = new PathTemplate(options.path());
		String method = (options.method() != null) ? options.method() : path.properties().isEmpty() ? "POST" : "PUT";
		return new RequestTemplate(path, method, new BodyTemplate(options.body()), options);
	}

	/** Returns the request of an operation, as far as it is configured. */
	static RequestTemplate of(RequestOptions request, String method, @Nullable BodyTemplate body,
			HttpTargetOptions options) {
		return new RequestTemplate(new PathTemplate((request.path() != null) ? request.path() : options.path()),
				(request.method() != null) ? request.method() : method,
				(request.body() != null) ? new BodyTemplate(request.body()) : body, options);
	}

	/**
	 * Returns the method for records that have some of their properties only. PUT would
	 * delete the others.
	 */
	String partialMethod() {
		return this.method.equals("PUT") ? "PATCH" : this.method;
	}

	/** Whether each record needs a request of its own. */
	boolean isForOne() {
		return !this.path.properties().isEmpty() || this.body == null;
	}

	/** Returns the names of all properties in the path and in a configured body. */
	List<String> properties() {
		return Stream
			.concat(this.path.properties().stream(),
					(this.body != null) ? this.body.properties().stream() : Stream.empty())
			.distinct()
			.toList();
	}

	/** Returns the properties that every record must have. */
	List<String> required() {
		return this.path.properties();
	}

	/**
	 * Returns the JSON of a record in a batch.
	 * @throws RejectedRecordException if the record cannot be sent
	 */
	@Nullable Object json(RecordInFlight record) throws RejectedRecordException {
		return (this.body != null) ? this.body.of(record) : null;
	}

	/**
	 * Returns the request for one record.
	 * @throws RejectedRecordException if the record cannot be sent
	 */
	HttpCall call(LinkContext context, RecordInFlight record) throws RejectedRecordException {
		String target = this.path.of(record);
		return call(context, target, (this.body != null) ? JsonBody.of(this.body.of(record)) : null);
	}

	/** Returns the request for many records. */
	HttpCall call(LinkContext context, HttpCall.Body content) {
		return call(context, this.path.toString(), content);
	}

	private HttpCall call(LinkContext context, String target, HttpCall.@Nullable Body content) {
		HttpCall call = new HttpCall(this.method, target, List.of(), this.headers, content,
				IDEMPOTENT.contains(this.method) || this.idempotencyHeader != null);
		return (this.idempotencyHeader != null)
				? call.withHeader(this.idempotencyHeader, IdempotencyKey.of(context, call)) : call;
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
