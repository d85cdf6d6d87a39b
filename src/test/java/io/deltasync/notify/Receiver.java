package io.deltasync.notify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * A server that receives webhooks and answers as a test says.
 */
final class Receiver implements AutoCloseable {

	/** In place of a status: the server never answers. */
	static final int SILENCE = -1;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final Queue<Integer> answers = new ArrayDeque<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	Receiver() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	/** Answers the next requests with these statuses, and later ones with 204. */
	Receiver answers(int... statuses) {
		for (int status : statuses) {
			this.answers.add(status);
		}
		return this;
	}

	String url(String path) {
		return "http://localhost:%d%s".formatted(this.server.getAddress().getPort(), path);
	}

	List<Request> requests() {
		return this.requests;
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			Integer status;
			synchronized (this.answers) {
				status = this.answers.poll();
				this.requests.add(new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
						exchange.getRequestHeaders().getFirst("webhook-id"),
						exchange.getRequestHeaders().getFirst("webhook-timestamp"),
						exchange.getRequestHeaders().getFirst("webhook-signature"),
						new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
			}
			if (status != null && status == SILENCE) {
				this.closed.await();
			}
			else if (status != null && status / 100 == 3) {
				exchange.getResponseHeaders().set("location", url("/elsewhere"));
			}
			exchange.sendResponseHeaders((status != null && status > 0) ? status : 204, -1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * A request.
	 *
	 * @param method the method
	 * @param path the path
	 * @param id the id of the message
	 * @param timestamp the time of the attempt
	 * @param signature the signature
	 * @param body the body
	 */
	record Request(String method, String path, @Nullable String id, @Nullable String timestamp,
			@Nullable String signature, String body) {

	}

}
