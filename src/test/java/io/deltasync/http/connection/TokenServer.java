package io.deltasync.http.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A server that issues tokens and accepts each refresh token once, as strict ones do, and
 * that answers requests with its newest access token only.
 */
final class TokenServer implements AutoCloseable {

	final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();

	/** By request to the API, the token it had. */
	final List<String> used = new CopyOnWriteArrayList<>();

	volatile int life = 3600;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private volatile String refresh = "refresh-0";

	private volatile String access = "none";

	private int issued;

	TokenServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/token", this::token);
		this.server.createContext("/api", this::api);
		this.server.start();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	/** Makes the tokens that were issued until now invalid. */
	void revoke() {
		this.access = "none";
	}

	private synchronized void token(HttpExchange exchange) throws IOException {
		Map<String, String> form = Stream
			.of(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&"))
			.map((field) -> field.split("=", 2))
			.collect(Collectors.toMap((field) -> field[0],
					(field) -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
		this.asked.add(form);
		if (form.containsKey("refresh_token") && !form.get("refresh_token").equals(this.refresh)) {
			answer(exchange, 400, "{\"error\":\"invalid_grant\",\"error_description\":\"used before\"}");
			return;
		}
		this.access = "access-" + ++this.issued;
		this.refresh = "refresh-" + this.issued;
		answer(exchange, 200,
				"{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d%s}".formatted(this.access,
						this.life,
						form.containsKey("refresh_token") ? ",\"refresh_token\":\"%s\"".formatted(this.refresh) : ""));
	}

	private void api(HttpExchange exchange) throws IOException {
		String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")).replace("Bearer ", "");
		this.used.add(token);
		answer(exchange, token.equals(this.access) ? 200 : 401, "{}");
	}

	private static void answer(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
