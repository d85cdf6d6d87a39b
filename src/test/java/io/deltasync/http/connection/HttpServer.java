package io.deltasync.http.connection;

import java.util.List;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.deltasync.config.YamlEnvironment;
import io.deltasync.connection.ConfiguredConnections;

/**
 * A WireMock server and the connections that lead to it.
 */
final class HttpServer implements AutoCloseable {

	final WireMockServer wire = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().dynamicHttpsPort().gzipDisabled(true));

	HttpServer() {
		this.wire.start();
	}

	String url() {
		return "http://localhost:" + this.wire.port();
	}

	/**
	 * Returns a connection to the server.
	 * @param options its options in YAML beside type and url, in one line
	 */
	HttpConnection connection(String options) {
		return connection(url(), options);
	}

	HttpConnection connection(String url, String options) {
		return connections(url, options).get("shop");
	}

	static HttpConnections connections(String url, String options) {
		return connections(url, options, (name) -> {
			throw new IllegalArgumentException(name);
		});
	}

	static HttpConnections connections(String url, String options, Function<String, SSLContext> sslBundles) {
		YamlEnvironment environment = new YamlEnvironment("deltasync.connections.shop: { type: http, url: \"%s\"%s }"
			.formatted(url, options.isEmpty() ? "" : ", " + options));
		return new HttpConnections(new ConfiguredConnections(environment, List.of(new HttpConnectionType())), () -> {
			throw new IllegalStateException("nothing is shared");
		}, sslBundles);
	}

	@Override
	public void close() {
		this.wire.stop();
	}

}
