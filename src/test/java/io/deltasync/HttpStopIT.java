package io.deltasync;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.SyncEvents;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run that waits for an HTTP API is stopped without waiting for a time-out.
 */
class HttpStopIT extends JdbcLinks {

	HttpStopIT() {
		this.database = TestDatabase.H2;
	}

	@ParameterizedTest
	@CsvSource({ "planned, NOTHING", "planned, HALF", "planned, BUSY", "fetched, NOTHING", "fetched, HALF",
			"fetched, BUSY" })
	void stopEndsTheWaitForAnAnswer(String link, Answer answer) throws Exception {
		this.target.execute("CREATE TABLE thing (id BIGINT PRIMARY KEY)");
		try (StallingServer server = new StallingServer(answer)) {
			String api = "deltasync.connections.api.";
			configure(api + "type=http", api + "url=http://127.0.0.1:" + server.socket.getLocalPort(),
					api + "allow-private=true", api + "read-timeout=10m", api + "call-timeout=20m",
					api + "max-wait=10m");
			for (String name : List.of("planned", "fetched")) {
				String prefix = "deltasync.links.%s.".formatted(name);
				configure(prefix + "source.adapter=http", prefix + "source.connection=api",
						prefix + "source.path=/things", prefix + "source.key=id", prefix + "target.adapter=jdbc",
						prefix + "target.connection=warehouse", prefix + "target.table=thing");
			}
			String paging = "deltasync.links.planned.source.paging.";
			configure(paging + "type=page", paging + "page-param=page", paging + "size=100",
					paging + "total=header:X-Total-Count");
			open();
			CompletableFuture<SyncEvent> running = CompletableFuture.supplyAsync(() -> {
				try {
					return run(link, "DELTA");
				}
				catch (Exception ex) {
					throw new CompletionException(ex);
				}
			});
			assertThat(server.stalled.await(1, TimeUnit.MINUTES)).isTrue();
			stopNewest(link);

			SyncEvent stopped = running.get(1, TimeUnit.MINUTES);

			assertThat(stopped.status()).as(stopped.toString()).isEqualTo(Status.STOPPED);
			assertThat(stopped.scopes().failed()).isZero();
			assertThat(server.sockets).as("no further attempt").hasSize(1);
		}
	}

	private void stopNewest(String link) throws Exception {
		SyncEvent newest = this.application.getBean(SyncEvents.class).newest(link).orElseThrow();
		this.application.getBean(JobOperator.class)
			.stop(this.application.getBean(JobRepository.class)
				.getJobExecution(newest.attempts().get(0).jobExecutionId()));
	}

	/** What a server sends before it falls silent. */
	enum Answer {

		NOTHING(""),

		HALF("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Total-Count: 50\r\nContent-Length: 100000\r\n\r\n[{\"id\":1},"),

		BUSY("HTTP/1.1 503 Busy\r\nRetry-After: 300\r\nContent-Length: 0\r\n\r\n");

		private final String text;

		Answer(String text) {
			this.text = text;
		}

	}

	/** Accepts connections, and never ends an answer. */
	private static final class StallingServer implements AutoCloseable {

		final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));

		final List<Socket> sockets = new CopyOnWriteArrayList<>();

		final CountDownLatch stalled = new CountDownLatch(1);

		StallingServer(Answer answer) throws IOException {
			Thread thread = new Thread(() -> {
				try {
					while (true) {
						answer(this.socket.accept(), answer);
					}
				}
				catch (IOException ex) {
					// the test is over
				}
			}, "stalling-server");
			thread.setDaemon(true);
			thread.start();
		}

		private void answer(Socket accepted, Answer answer) throws IOException {
			this.sockets.add(accepted);
			BufferedReader request = new BufferedReader(
					new InputStreamReader(accepted.getInputStream(), StandardCharsets.US_ASCII));
			while (!request.readLine().isEmpty()) {
				// the head ends with an empty line
			}
			accepted.getOutputStream().write(answer.text.getBytes(StandardCharsets.US_ASCII));
			accepted.getOutputStream().flush();
			this.stalled.countDown();
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
			for (Socket accepted : this.sockets) {
				accepted.close();
			}
		}

	}

}
