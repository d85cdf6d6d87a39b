package io.deltasync.http.source;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.deltasync.api.LinkContext;
import io.deltasync.config.YamlEnvironment;
import io.deltasync.connection.ConfiguredConnections;
import io.deltasync.http.connection.HttpConnection;
import io.deltasync.http.connection.HttpConnectionType;
import io.deltasync.http.connection.HttpConnections;
import io.deltasync.http.source.options.HttpSourceOptions;
import io.deltasync.http.source.page.RunKeys;
import io.deltasync.testkit.AdapterKit;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;

/**
 * An HTTP API that a test plays, and sources that read it.
 */
final class HttpApi implements AutoCloseable {

	/** The requests, as method, path and query. */
	final List<String> requests = Collections.synchronizedList(new ArrayList<>());

	final RunKeys runKeys = new RunKeys();

	private final WireMockServer server;

	private final HttpConnections connections;

	/** The time of the API's clock; null if its start leads elsewhere. */
	Instant now = Instant.parse("2026-03-01T11:59:30Z");

	/** The status with which the API's start is answered. */
	int status = 200;

	private Function<Request, ResponseDefinitionBuilder> answers = (request) -> WireMock.aResponse().withStatus(404);

	HttpApi() {
		this.server = new WireMockServer(
				WireMockConfiguration.options().dynamicPort().gzipDisabled(true).extensions(new Answers()));
		this.server.start();
		this.server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
		this.connections = new HttpConnections(new ConfiguredConnections(new YamlEnvironment("""
				deltasync.connections.shop: { type: http, url: "%s", allow-private: true, retries: 0, max-wait: 1s,
				read-timeout: 2s }
				""".formatted(url())), List.of(new HttpConnectionType())));
	}

	String url() {
		return "http://localhost:" + this.server.port();
	}

	/** Sets how requests but those for the time are answered. */
	HttpApi answer(Function<Request, ResponseDefinitionBuilder> answers) {
		this.answers = answers;
		return this;
	}

	static ResponseDefinitionBuilder json(String body) {
		return WireMock.aResponse().withStatus(200).withHeader("Content-Type", "application/json").withBody(body);
	}

	/** Adds the time of the API's clock. */
	ResponseDefinitionBuilder dated(ResponseDefinitionBuilder answer) {
		return answer.withHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(this.now.atZone(ZoneOffset.UTC)));
	}

	/** Returns a parameter of a request as a number; 0 if it is missing. */
	static int number(Request request, String parameter) {
		String value = text(request, parameter);
		return (value != null) ? Integer.parseInt(value) : 0;
	}

	static String text(Request request, String parameter) {
		return request.queryParameter(parameter).isPresent() ? request.queryParameter(parameter).firstValue() : null;
	}

	/** Returns records with consecutive ids as JSON. */
	static String records(int from, int to) {
		List<String> records = new ArrayList<>();
		for (int id = from; id < to; id++) {
			records.add("{\"id\":%d,\"name\":\"name %d\"}".formatted(id, id));
		}
		return "[" + String.join(",", records) + "]";
	}

	HttpConnection connection() {
		return this.connections.get("shop");
	}

	HttpSource source() {
		return new HttpSource(this.connections, this.runKeys);
	}

	static HttpSourceOptions options(String yaml) {
		return new Binder(ConfigurationPropertySources
			.get(new YamlEnvironment(yaml.indent(2).transform((text) -> "source:\n" + text))))
			.bind("source", HttpSourceOptions.class)
			.get();
	}

	/** Returns a kit for a source with options in YAML. */
	AdapterKit kit(String yaml) {
		return AdapterKit.of(this::source).options(options("connection: shop\n" + yaml)).context(context().build());
	}

	static LinkContext.Builder context() {
		return LinkContext.builder().linkName("orders").runTimestamp(Instant.parse("2026-03-01T12:00:00Z"));
	}

	@Override
	public void close() {
		this.connections.close();
		this.server.stop();
	}

	/** Answers requests for the time as any server does, and others as the test says. */
	private final class Answers implements ResponseDefinitionTransformerV2 {

		@Override
		public ResponseDefinition transform(ServeEvent event) {
			Request request = event.getRequest();
			if (request.getMethod().getName().equals("HEAD")) {
				if (HttpApi.this.status != 200) {
					return WireMock.status(HttpApi.this.status).build();
				}
				if (HttpApi.this.now == null) {
					return WireMock.temporaryRedirect("http://127.0.0.1:9/documentation").build();
				}
				return dated(WireMock.ok()).build();
			}
			HttpApi.this.requests.add(request.getMethod() + " " + request.getUrl());
			return Objects.requireNonNull(HttpApi.this.answers.apply(request)).build();
		}

		@Override
		public String getName() {
			return "answers";
		}

		@Override
		public boolean applyGlobally() {
			return true;
		}

	}

}
