package io.deltasync.http.source.options;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The request that starts an export.
 *
 * @param method The method
 * @param path The path
 * @param query The parameters. Default: none
 * @param body The body, which is sent as JSON. Default: none
 * @param bodyText The body as a text with placeholders, in place of 'body'. Default: none
 * @param id Where the answer has the id of the export: a path, or 'header:Location'
 */
public record CreateOptions(@DefaultValue("POST") String method, String path, @Nullable Map<String, String> query,
		@Nullable Map<String, Object> body, @Nullable String bodyText, @DefaultValue("id") String id) {

}
