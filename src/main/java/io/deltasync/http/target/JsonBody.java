package io.deltasync.http.target;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.deltasync.http.connection.HttpCall;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes bodies of requests.
 */
final class JsonBody {

	private static final String JSON = "application/json";

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private JsonBody() {
	}

	static HttpCall.Body of(@Nullable Object value) {
		return new HttpCall.Body(MAPPER.writeValueAsBytes(value), JSON);
	}

	/**
	 * Writes an array.
	 * @param path where the array is, with dots between the names; null if it is the body
	 */
	static HttpCall.Body array(List<@Nullable Object> values, @Nullable String path) {
		Object body = values;
		if (path != null) {
			String[] names = path.split("\\.");
			for (int i = names.length - 1; i >= 0; i--) {
				body = Map.of(names[i], body);
			}
		}
		return of(body);
	}

	static HttpCall.Body lines(List<@Nullable Object> values) {
		String lines = values.stream().map(MAPPER::writeValueAsString).collect(Collectors.joining("\n", "", "\n"));
		return new HttpCall.Body(lines.getBytes(StandardCharsets.UTF_8), "application/x-ndjson");
	}

}
