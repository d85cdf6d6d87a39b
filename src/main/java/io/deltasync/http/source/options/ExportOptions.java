package io.deltasync.http.source.options;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * How an API generates an export.
 *
 * @param create The request that starts an export
 * @param poll The request that asks for its state
 * @param download The request that downloads it
 * @param delete The request that deletes it after the run's success. Default: none
 * @param cancel The request that cancels an export whose run was not successful, when the
 * next run begins. Default: none
 */
public record ExportOptions(@NestedConfigurationProperty CreateOptions create,
		@NestedConfigurationProperty PollOptions poll, @NestedConfigurationProperty DownloadOptions download,
		@NestedConfigurationProperty @Nullable DeleteOptions delete,
		@NestedConfigurationProperty @Nullable DeleteOptions cancel) {

}
