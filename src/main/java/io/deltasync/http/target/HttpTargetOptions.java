package io.deltasync.http.target;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The options of a Link that writes by HTTP. The descriptions of the components appear in
 * the documentation.
 *
 * @param connection The name of a connection of the type 'http'
 * @param path The path below the connection's url, such as '/orders/{id}'. The name of a
 * property in braces stands for its value. A record without this value is rejected
 * @param method The method. Default: 'PUT' if the path has a property, otherwise 'POST'
 * @param headers Headers of every request
 * @param body The JSON of a record, as an object in which '{name}' stands for the value
 * of a property. Default: an object with all properties of the record
 * @param create The request that creates a record, if the server answers the first one
 * with 404
 * @param update The request for records that may only be updated
 * @param delete The request that deletes a record
 * @param batch What one request contains: a 'single' record, an 'array' of records, or
 * 'json-lines'
 * @param batchSize Maximum number of records in one request, or at a time if requests are
 * single, 1 or more. A server that answers with 413 gets half of them
 * @param batchPath Where the array is in the body, such as 'data.items'. Default: the
 * array is the body
 * @param results How the answer says what became of each record of a batch
 * @param successStatus More statuses that count as success, such as 409 if a record that
 * exists must stay as it is
 * @param recordStatus Statuses of 500 and above that say that a record is at fault. All
 * others mean that the server is not available
 * @param idempotencyHeader A header by which the server recognises a request that it has
 * processed before, such as 'Idempotency-Key'. With it, requests of every method are
 * repeated after failures
 */
@ConfigurationProperties("deltasync.links.*.target")
public record HttpTargetOptions(String connection, String path, @Nullable String method,
		@Nullable Map<String, String> headers, @Nullable Map<String, Object> body,
		@NestedConfigurationProperty @Nullable RequestOptions create,
		@NestedConfigurationProperty @Nullable RequestOptions update,
		@NestedConfigurationProperty @Nullable RequestOptions delete, @DefaultValue("single") Batch batch,
		@DefaultValue("100") int batchSize, @Nullable String batchPath,
		@NestedConfigurationProperty @Nullable ResultOptions results, @Nullable Set<Integer> successStatus,
		@Nullable Set<Integer> recordStatus, @Nullable String idempotencyHeader) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if one of them is out of its range, or contradicts
	 * another
	 */
	public HttpTargetOptions {
		Set<Integer> statuses = new HashSet<>((successStatus != null) ? successStatus : Set.of());
		statuses.addAll((recordStatus != null) ? recordStatus : Set.of());
		if (batchSize < 1) {
			throw new IllegalArgumentException("batch-size is %d; give 1 or more".formatted(batchSize));
		}
		statuses.forEach((status) -> {
			if (status < 300 || status > 599) {
				throw new IllegalArgumentException(
						"success-status and record-status contain %d; give statuses of errors, such as 409"
							.formatted(status));
			}
		});
		if (batch != Batch.SINGLE && !new PathTemplate(path).properties().isEmpty()) {
			throw new IllegalArgumentException(
					"path '%s' is different for each record, so batch cannot be %s; set it to single, or give the path of a request for many records"
						.formatted(path, (batch == Batch.ARRAY) ? "array" : "json-lines"));
		}
		if (batch == Batch.SINGLE && (results != null || batchPath != null)) {
			throw new IllegalArgumentException("results and batch-path are for batches; set batch to array");
		}
		if (batch == Batch.JSON_LINES && batchPath != null) {
			throw new IllegalArgumentException("batch-path cannot be used with json-lines; set batch to array");
		}
		if (batch != Batch.SINGLE && create != null) {
			throw new IllegalArgumentException("create needs an answer for each record; set batch to single");
		}
	}

	@Override
	public Set<Integer> successStatus() {
		return (this.successStatus != null) ? this.successStatus : Set.of();
	}

	@Override
	public Set<Integer> recordStatus() {
		return (this.recordStatus != null) ? this.recordStatus : Set.of();
	}

	/** What one request contains. */
	public enum Batch {

		/** One record. */
		SINGLE,

		/** A JSON array. */
		ARRAY,

		/** A JSON value in each line. */
		JSON_LINES

	}

}
