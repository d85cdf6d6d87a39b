package io.deltasync.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An HTTP API with numbered pages, each of which takes some time.
 */
final class PagedApi implements AutoCloseable {

	/** The records of a page. */
	static final int PAGE = 100;

	/** About as many characters as a record has. */
	private static final int RECORD = 100;

	private static final int THREADS = 2 * ScopeBenchmark.LANES;

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	private final HttpServer server;

	private final int pages;

	private final int millis;

	PagedApi(int pages, int millis) throws IOException {
		this.pages = pages;
		this.millis = millis;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), THREADS);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			int page = Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll("^page=", ""));
			byte[] body = page(page).getBytes(StandardCharsets.UTF_8);
			TimeUnit.MILLISECONDS.sleep(this.millis);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.getResponseHeaders().set("X-Total-Count", String.valueOf(this.pages * PAGE));
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Made by hand, because the server shares the processors with what is measured. */
	private String page(int page) {
		StringBuilder text = new StringBuilder(PAGE * RECORD).append('[');
		for (int id = (page - 1) * PAGE; id < Math.min(page, this.pages) * PAGE; id++) {
			text.append((text.length() > 1) ? ',' : ' ')
				.append("{\"id\":")
				.append(id)
				.append(",\"name\":\"Customer ")
				.append(id)
				.append("\",\"email\":\"")
				.append(id)
				.append("@customers.example\",\"amount\":")
				.append(id)
				.append(".25}");
		}
		return text.append(']').toString();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
