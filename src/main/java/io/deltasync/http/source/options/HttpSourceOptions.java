package io.deltasync.http.source.options;

import java.util.List;
import java.util.Map;

import io.deltasync.format.FileFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The options of a Link that reads an HTTP API. The descriptions of the components appear
 * in the configuration metadata and in the documentation.
 *
 * @param connection The name of a connection of the type 'http'
 * @param path Where the records are asked for, below the connection's URL. Required
 * unless there is an 'export'
 * @param method 'GET', or 'POST' for an API that is asked with a body
 * @param query The parameters of the request. One that contains '{since}' is left out in
 * a run that reads everything. Default: none
 * @param headers Headers of the request. Default: those of the connection
 * @param body The body of the request, which is sent as JSON, or as a form if 'headers'
 * have the 'Content-Type' 'application/x-www-form-urlencoded'. Default: none
 * @param format How answers with records are written: 'json', 'csv' (with a header on
 * each page) or 'jsonl' (an object of JSON in each line). Default: 'json'
 * @param bodyText The body of the request as a text with placeholders, in place of
 * 'body'. Sent as 'text/plain' unless 'headers' have a 'Content-Type'. Default: none
 * @param records Where the records are in the answer: empty for the whole answer, or a
 * path such as 'data.items'. In 'data.*.items', '*' stands for each element of an array,
 * or for each field of an object. Must be in every answer. Default: the whole answer
 * @param parent Properties of the element around a nested array that each of its records
 * receives: paths such as 'customer.id' by their names in the record. Each element must
 * have them before its records. Default: none
 * @param key The properties that identify a record
 * @param failWhen Fields that make an answer an error although its status is one of
 * success: paths such as 'error', which must not have a value other than false, or
 * conditions such as 'status=failed'. Default: none
 * @param noRecordsStatus Statuses from 400 to 499 of an answer without records, such as
 * '404' or '400 code=empty', where 'code' is a field of the answer. Beside 'list', such a
 * record is left out, or 'missing' decides if the status is 404 or 410. Default: none
 * @param retryStatus Statuses of an answer after which the Link's 'retry' asks again,
 * such as '423' or '400 code=busy'. Default: those of the connection
 * @param delta How changes are found. Default: everything is read each time, unless
 * '{since}' is used
 * @param paging How an answer continues. Default: one answer has everything
 * @param maxResults The most records that the API returns for one window, however many
 * pages are asked for. A window with as many is read in two halves. Default: no limit
 * @param list Where the ids of the records are listed, for an API that returns records
 * one by one. 'path' then contains '{id}' or '{ids}'. Default: none
 * @param idsPerCall The number of ids in place of '{ids}', 1 or more
 * @param missing What becomes of an id that was listed, but has no record when it is
 * asked for: 'reject', 'ignore' or 'delete'
 * @param export How the API generates an export that is downloaded. Default: none
 * @param maxRecordSize Maximum size of a record
 */
@ConfigurationProperties("deltasync.links.*.source")
public record HttpSourceOptions(String connection, @Nullable String path, @DefaultValue("GET") String method,
		@Nullable Map<String, String> query, @Nullable Map<String, String> headers, @Nullable Map<String, Object> body,
		@Nullable String bodyText, @Nullable FileFormat format, @Nullable String records,
		@Nullable Map<String, String> parent, List<String> key, @Nullable List<String> failWhen,
		@Nullable List<String> noRecordsStatus, @Nullable List<String> retryStatus,
		@NestedConfigurationProperty @Nullable DeltaOptions delta,
		@NestedConfigurationProperty @Nullable PagingOptions paging, @Nullable Long maxResults,
		@NestedConfigurationProperty @Nullable ListOptions list, @DefaultValue("1") int idsPerCall,
		@DefaultValue("reject") Missing missing, @NestedConfigurationProperty @Nullable ExportOptions export,
		@DefaultValue("16MB") DataSize maxRecordSize) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if one of them is out of its range
	 */
	public HttpSourceOptions {
		if (key.isEmpty() || key.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("key is empty; name the properties that identify a record");
		}
		if (maxResults != null && maxResults < 1) {
			throw new IllegalArgumentException("max-results is %d; give 1 or more".formatted(maxResults));
		}
		if (idsPerCall < 1) {
			throw new IllegalArgumentException("ids-per-call is %d; give 1 or more".formatted(idsPerCall));
		}
	}

	public PageFormat pageFormat() {
		return new PageFormat((this.format != null) ? this.format : FileFormat.JSON, this.key,
				this.maxRecordSize.toBytes());
	}

	@Override
	public String records() {
		return (this.records != null) ? this.records : "";
	}

	/** What becomes of an id without a record. */
	public enum Missing {

		/** The record fails. */
		REJECT,

		/** The record is ignored. */
		IGNORE,

		/** The record is deleted at the target. */
		DELETE

	}

}
