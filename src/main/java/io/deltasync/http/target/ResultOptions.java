package io.deltasync.http.target;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an answer says what became of each record of a batch.
 *
 * @param path Where the list of results is in the answer, such as 'data.results'.
 * Default: the whole answer is the list
 * @param key The property that tells whose result it is. Default: results are in the
 * order of the records
 * @param status Where the status of a result is: an HTTP status, or a word of
 * 'results.success'
 * @param success The words of success, instead of statuses from 200 to 299
 * @param error Where the reason of a failure is
 */
record ResultOptions(@DefaultValue("") String path, @Nullable String key, @DefaultValue("status") String status,
		@Nullable List<String> success, @Nullable String error) {

}
