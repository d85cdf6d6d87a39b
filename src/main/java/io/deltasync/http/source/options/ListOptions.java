package io.deltasync.http.source.options;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Where ids are listed.
 *
 * @param path Where the ids are asked for, below the connection's URL
 * @param query The parameters of the request. Default: none
 * @param records Where the ids are in the answer: empty for the whole answer, or a path
 * such as 'data.ids'. Default: the whole answer
 * @param id The property that has the id, if the list consists of objects. Default: the
 * Link's key
 * @param properties Properties of an element of the list that its record receives: paths
 * such as 'owner.name', which lead to single values, by their names in the record.
 * Default: none
 * @param paging How the list continues. Default: one answer has everything
 */
public record ListOptions(String path, @Nullable Map<String, String> query, @Nullable String records,
		@Nullable String id, @Nullable Map<String, String> properties,
		@NestedConfigurationProperty @Nullable PagingOptions paging) {

	@Override
	public String records() {
		return (this.records != null) ? this.records : "";
	}

}
