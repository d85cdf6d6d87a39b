package io.deltasync.http.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a target by the operation of a record. Immutable.
 *
 * @param upsert for records that are inserted or updated
 * @param create for those that the server does not have; null if the first one creates
 * them
 * @param update for records that may only be updated
 * @param delete for records to delete; null if there is no such request
 */
record Operations(RequestTemplate upsert, @Nullable RequestTemplate create, RequestTemplate update,
		@Nullable RequestTemplate delete) {

	private static final RequestOptions NONE = new RequestOptions(null, null, null);

	/**
	 * Creates the requests.
	 * @throws IllegalArgumentException if a path or a method is wrong
	 */
	static Operations of(HttpTargetOptions options) {
		RequestTemplate upsert = RequestTemplate.upsert(options);
		BodyTemplate body = new BodyTemplate(options.body());
		RequestOptions create = options.create();
		RequestOptions update = options.update();
		RequestOptions delete = options.delete();
		boolean deletable = delete != null || !upsert.required().isEmpty();
		return new Operations(upsert, (create != null) ? RequestTemplate.of(create, "POST", body, options) : null,
				RequestTemplate.of((update != null) ? update : NONE, upsert.partialMethod(), body, options),
				deletable ? RequestTemplate.of((delete != null) ? delete : NONE, "DELETE", null, options) : null);
	}

	/**
	 * Returns the request of a record.
	 * @throws RejectedRecordException if none is configured
	 */
	RequestTemplate of(RecordInFlight record) throws RejectedRecordException {
		RequestTemplate request = switch (record.operation()) {
			case UPSERT -> this.upsert;
			case UPDATE -> this.update;
			case DELETE -> this.delete;
		};
		if (request == null) {
			throw new RejectedRecordException("there is no request to %s records; configure the target's delete.path"
				.formatted(record.operation().name().toLowerCase(Locale.ROOT)));
		}
		return request;
	}

	/** Returns the properties that the paths of inserts and updates need. */
	List<String> required() {
		List<String> names = new ArrayList<>(this.upsert.required());
		if (this.create != null) {
			names.addAll(this.create.required());
		}
		return names;
	}

}
