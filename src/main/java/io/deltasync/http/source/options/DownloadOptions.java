package io.deltasync.http.source.options;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The request that downloads an export.
 *
 * @param path The path, or '{job.FIELD}' for a link in the answers before
 * @param query The parameters. Default: none
 * @param format 'csv', 'jsonl' or 'json'
 * @param records Where the records are in 'json'. Default: the whole document
 */
public record DownloadOptions(String path, @Nullable Map<String, String> query, @DefaultValue("json") Format format,
		@Nullable String records) {

	@Override
	public String records() {
		return (this.records != null) ? this.records : "";
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
