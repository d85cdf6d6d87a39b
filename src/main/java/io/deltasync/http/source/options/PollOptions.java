package io.deltasync.http.source.options;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

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
 * @param total Where the answer has the number of records of the export, with which the
 * download is compared. Default: none
 */
public record PollOptions(String path, @Nullable Map<String, String> query, @DefaultValue("status") String status,
		List<String> done, @Nullable List<String> running, @Nullable List<String> failed, @Nullable List<String> empty,
		@Nullable String total) {

}
