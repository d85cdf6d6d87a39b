package io.deltasync.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An HTTP API that survives the processes that read it. It gives its records in each of
 * the ways that the adapter {@code http} knows.
 */
final class KilledApi implements AutoCloseable {

	private static final int PAGE = 10;

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	private final HttpServer server;

	KilledApi() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	/** Returns the arguments that make a scenario read this API. */
	List<String> arguments(Scenario scenario) {
		return List.of("--deltasync.connections.api.type=http", "--deltasync.connections.api.allow-private=true",
				"--deltasync.connections.api.url=http://127.0.0.1:" + this.server.getAddress().getPort() + "/"
						+ scenario.records(),
				"--deltasync.links.people.source.connection=api", "--deltasync.links.people.source.key=id");
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			String[] path = exchange.getRequestURI().getPath().split("/");
			String query = String.valueOf(exchange.getRequestURI().getQuery());
			String body = (path.length < 3) ? "" : body(exchange, path, query);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			boolean head = exchange.getRequestMethod().equals("HEAD");
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, (head || bytes.length == 0) ? -1 : bytes.length);
			if (!head) {
				exchange.getResponseBody().write(bytes);
			}
		}
	}

	private static String body(HttpExchange exchange, String[] path, String query) {
		int all = Integer.parseInt(path[1]);
		int page = Integer.parseInt("0" + query.replaceAll("\\D", ""));
		return switch (path[2]) {
			case "pages" -> {
				exchange.getResponseHeaders().set("Total", String.valueOf(all));
				yield records((page - 1) * PAGE, page * PAGE, ",", "[%s]");
			}
			case "chain" -> "{\"data\":%s,\"next\":%s}".formatted(records(page * PAGE, (page + 1) * PAGE, ",", "[%s]"),
					((page + 1) * PAGE < all) ? String.valueOf(page + 1) : "null");
			case "ids" -> ((page - 1) * PAGE < all)
					? IntStream.range((page - 1) * PAGE, page * PAGE).boxed().toList().toString() : "[]";
			case "people" -> "{\"id\":" + path[3] + "}";
			case "file" -> records(0, all, "\n", "%s");
			default -> "{\"id\":7,\"status\":\"done\"}";
		};
	}

	private static String records(int from, int to, String separator, String format) {
		return format.formatted(
				IntStream.range(from, to).mapToObj("{\"id\":%d}"::formatted).collect(Collectors.joining(separator)));
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
