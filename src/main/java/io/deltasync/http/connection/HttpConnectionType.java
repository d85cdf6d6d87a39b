package io.deltasync.http.connection;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.deltasync.api.ConnectionType;

/**
 * The type {@code http} of connections. Thread-safe.
 */
public final class HttpConnectionType implements ConnectionType<HttpSettings> {

	@Override
	public String name() {
		return "http";
	}

	@Override
	public Class<HttpSettings> settingsType() {
		return HttpSettings.class;
	}

	@Override
	public Map<String, String> problems(HttpSettings settings) {
		Map<String, String> problems = new LinkedHashMap<>(settings.auth().problems());
		String url = HttpUrl.problem(settings.url());
		if (url != null) {
			problems.put("url", url);
		}
		String proxy = (settings.proxy() != null) ? HttpUrl.problem(settings.proxy()) : null;
		if (proxy != null) {
			problems.put("proxy", proxy.replace("https://api.example.com", "http://proxy.example:3128"));
		}
		positive(problems, "connect-timeout", settings.connectTimeout());
		positive(problems, "read-timeout", settings.readTimeout());
		positive(problems, "call-timeout", settings.callTimeout());
		if (settings.retries() < 0) {
			problems.put("retries", "is %d; give 0 or more".formatted(settings.retries()));
		}
		check(problems, "allow-addresses", () -> AddressPolicy.of(settings));
		String limit = settings.rateLimit();
		if (limit != null) {
			check(problems, "rate-limit", () -> Pace.interval(limit));
		}
		return problems;
	}

	private static void check(Map<String, String> problems, String key, Runnable reading) {
		try {
			reading.run();
		}
		catch (IllegalArgumentException ex) {
			problems.put(key, String.valueOf(ex.getMessage()));
		}
	}

	private static void positive(Map<String, String> problems, String key, Duration value) {
		if (value.toMillis() < 1) {
			problems.put(key, "is %dms; give 1ms or more".formatted(value.toMillis()));
		}
	}

	@Override
	public String location(HttpSettings settings) {
		URI url = URI.create(settings.url());
		String path = (url.getRawPath() != null) ? url.getRawPath().replaceFirst("/$", "") : "";
		return HttpUrl.origin(url) + path;
	}

}
