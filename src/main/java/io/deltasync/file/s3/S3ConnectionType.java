package io.deltasync.file.s3;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.deltasync.api.ConnectionType;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The type {@code s3} of connections. Thread-safe.
 */
public final class S3ConnectionType implements ConnectionType<S3Settings> {

	/**
	 * Amazon S3 refuses parts that are smaller, unless they are the last of an object.
	 */
	private static final DataSize SMALLEST_PART = DataSize.ofMegabytes(5);

	private static final DataSize LARGEST_PART = DataSize.ofGigabytes(1);

	@Override
	public String name() {
		return "s3";
	}

	@Override
	public Class<S3Settings> settingsType() {
		return S3Settings.class;
	}

	@Override
	public Map<String, String> problems(S3Settings settings) {
		Map<String, String> problems = new LinkedHashMap<>();
		put(problems, "url", S3Address.problem(settings.url()));
		put(problems, "endpoint", (settings.endpoint() != null) ? endpointProblem(settings.endpoint()) : null);
		if (settings.region() != null && !settings.region().matches("[A-Za-z0-9-]+")) {
			problems.put("region",
					"is '%s', which is no region; it looks like eu-central-1".formatted(settings.region()));
		}
		if ((settings.accessKey() == null) != (settings.secretKey() == null)) {
			problems.put((settings.accessKey() == null) ? "access-key" : "secret-key",
					"is missing; set access-key and secret-key, or none of them");
		}
		if (settings.sessionToken() != null && settings.accessKey() == null) {
			problems.put("session-token", "is set without access-key; set all of access-key, secret-key and it");
		}
		if (settings.partSize().compareTo(SMALLEST_PART) < 0 || settings.partSize().compareTo(LARGEST_PART) > 0) {
			problems.put("part-size", "is %s; give 5MB to 1GB".formatted(settings.partSize()));
		}
		positive(problems, "connect-timeout", settings.connectTimeout());
		positive(problems, "read-timeout", settings.readTimeout());
		return problems;
	}

	private static void put(Map<String, String> problems, String key, @Nullable String problem) {
		if (problem != null) {
			problems.put(key, problem);
		}
	}

	private static @Nullable String endpointProblem(URI endpoint) {
		if (!("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))
				|| endpoint.getHost() == null) {
			return "is no address of a server; it looks like https://minio.example.com:9000";
		}
		if (endpoint.getUserInfo() != null) {
			return "contains a user; set access-key and secret-key in its place";
		}
		return (endpoint.getQuery() != null || endpoint.getFragment() != null) ? "continues after the path" : null;
	}

	private static void positive(Map<String, String> problems, String key, Duration value) {
		if (value.toMillis() < 1) {
			problems.put(key, "is %dms; give 1ms or more".formatted(value.toMillis()));
		}
	}

	@Override
	public String location(S3Settings settings) {
		String path = S3Address.of(settings.url()).path();
		return (settings.endpoint() != null) ? settings.endpoint().toString().replaceFirst("/+$", "") + "/" + path
				: "s3://" + path;
	}

}
