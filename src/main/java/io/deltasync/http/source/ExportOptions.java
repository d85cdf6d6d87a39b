package io.deltasync.http.source;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an API generates an export.
 *
 * @param create The request that starts an export
 * @param poll The request that asks for its state
 * @param download The request that downloads it
 * @param delete The request that deletes it after the run's success. Default: none
 */
public record ExportOptions(Create create, Poll poll, Download download, @Nullable Delete delete) {

	/**
	 * The request that starts an export.
	 *
	 * @param method The method
	 * @param path The path
	 * @param query The parameters. Default: none
	 * @param body The body, which is sent as JSON. Default: none
	 * @param id Where the answer has the id of the export: a path, or 'header:Location'
	 */
	public record Create(@DefaultValue("POST") String method, String path, @Nullable Map<String, String> query,
			@Nullable Map<String, Object> body, @DefaultValue("id") String id) {

	}

	/**
	 * The request that asks for the state.
	 *
	 * @param path The path
	 * @param query The parameters. Default: none
	 * @param status Where the answer has the state
	 * @param done The states of an export that can be downloaded
	 * @param running The states of an export that is not ready. Default: none
	 * @param failed The states of an export that has failed. Default: none
	 * @param empty The states of an export without records. Default: none
	 * @param total Where the answer has the number of records of the export, with which
	 * the download is compared. Default: none
	 */
	public record Poll(String path, @Nullable Map<String, String> query, @DefaultValue("status") String status,
			List<String> done, @Nullable List<String> running, @Nullable List<String> failed,
			@Nullable List<String> empty, @Nullable String total) {

	}

	/**
	 * The request that downloads an export.
	 *
	 * @param path The path, or '{job.FIELD}' for a link in the answers before
	 * @param query The parameters. Default: none
	 * @param format 'csv', 'jsonl' or 'json'
	 * @param records Where the records are in 'json'
	 */
	public record Download(String path, @Nullable Map<String, String> query, @DefaultValue("json") Format format,
			@DefaultValue("") String records) {

	}

	/**
	 * The request that deletes an export.
	 *
	 * @param method The method
	 * @param path The path
	 */
	public record Delete(@DefaultValue("DELETE") String method, String path) {

	}

	/** A format of exports. */
	public enum Format {

		/** Values with commas between them, with a header. */
		CSV,

		/** A JSON document on each line. */
		JSONL,

		/** A JSON document. */
		JSON

	}

}
