package io.deltasync.http.source;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * How an API generates an export.
 *
 * @param create The request that starts an export
 * @param poll The request that asks for its state
 * @param download The request that downloads it
 * @param delete The request that deletes it after the run's success. Default: none
 */
public record ExportOptions(@NestedConfigurationProperty CreateOptions create,
		@NestedConfigurationProperty PollOptions poll, @NestedConfigurationProperty DownloadOptions download,
		@NestedConfigurationProperty @Nullable DeleteOptions delete) {

}
