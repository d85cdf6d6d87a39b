package io.deltasync.simulation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the simulated APIs over loopback. Each request is a point at which something may
 * happen to the history, before it is answered. Each connection serves one request, so
 * that no connection of a former history is used.
 */
final class ApiServer implements AutoCloseable {

	private final World world;

	private final ServerSocket socket;

	private final ExecutorService threads = Executors.newCachedThreadPool((work) -> {
		Thread thread = new Thread(work, "simulated-api");
		thread.setDaemon(true);
		return thread;
	});

	ApiServer(World world) {
		this.world = world;
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.threads.execute(this::accept);
	}

	/** Returns the URL below which each Link has an API of its own. */
	String url() {
		return "http://127.0.0.1:" + this.socket.getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				Socket accepted = this.socket.accept();
				this.threads.execute(() -> serve(accepted));
			}
		}
		catch (IOException ex) {
			// closed with the simulation
			return;
		}
	}

	private void serve(Socket accepted) {
		try (accepted) {
			ApiRequest request = ApiRequest.read(accepted.getInputStream());
			answer(request).write(accepted, !request.method().equals("HEAD"));
		}
		catch (IOException | Life.Dead ex) {
			// the client has gone, and does not miss an answer
			return;
		}
	}

	private ApiAnswer answer(ApiRequest request) {
		Scene scene = this.world.scene(request.link());
		try {
			this.world.pass(scene, this.world.life(request.process()));
			ApiAnswer answer = scene.api().answer(request);
			this.world.journal().note("  %s -> %s".formatted(request, answer));
			return answer;
		}
		catch (Violation violation) {
			scene.violated(violation);
			return ApiAnswer.of(500, "");
		}
		catch (RuntimeException ex) {
			scene.violated(new Violation("the simulated API answers", request + ": " + ex));
			return ApiAnswer.of(500, "");
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
