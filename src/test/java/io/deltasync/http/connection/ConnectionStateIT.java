package io.deltasync.http.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.deltasync.config.YamlEnvironment;
import io.deltasync.connection.ConfiguredConnections;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.RetryingTransactions;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What processes share about a connection: each {@code connection()} is that of another
 * process.
 */
@EachDatabase
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionStateIT {

	private static final String REFRESH = ", auth: { type: oauth2-refresh-token, token-url: \"URL/token\", client-id: me, "
			+ "client-secret: geheim, refresh-token: refresh-0 }";

	@Parameter
	private TestDatabase database;

	private JdbcTemplate jdbc;

	private RepositoryState state;

	private TokenServer server;

	@BeforeParameterizedClassInvocation
	void makeTables() {
		this.jdbc = new JdbcTemplate(this.database.dataSource(this.database.createSchema()));
		this.database.makeTables(this.jdbc);
		RetryingTransactions transactions = new RetryingTransactions(
				new JdbcTransactionManager(this.jdbc.getDataSource()));
		transactions.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		this.state = new RepositoryState(JdbcClient.create(this.jdbc), transactions,
				new DatabaseClock(this.jdbc, this.database.product()));
	}

	@BeforeEach
	void start() throws IOException {
		this.jdbc.update("DELETE FROM SYNC_CONNECTION_TOKEN");
		this.jdbc.update("DELETE FROM SYNC_CONNECTION_PACE");
		this.server = new TokenServer();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void processesUseARefreshTokenOnceAndShareTheNextOne() throws Exception {
		List<HttpConnection> processes = List.of(connection(REFRESH), connection(REFRESH), connection(REFRESH));

		assertThat(statuses(processes, 2)).containsOnly(200);

		assertThat(this.server.asked).extracting("refresh_token").containsExactly("refresh-0");
		assertThat(this.server.used).containsOnly("access-1");
	}

	@Test
	void rotatedTokenIsKeptAcrossProcessesAndIsNotReadable() throws Exception {
		send(connection(REFRESH));
		this.server.revoke();

		assertThat(send(connection(REFRESH))).isEqualTo(200);

		assertThat(this.server.asked).extracting("refresh_token").containsExactly("refresh-0", "refresh-1");
		assertThat(this.jdbc.queryForList("SELECT * FROM SYNC_CONNECTION_TOKEN").toString()).doesNotContain("refresh-",
				"access-", "geheim");
	}

	@Test
	void refusedTokenIsRenewedOnceForAllLanes() throws Exception {
		HttpConnection connection = connection(REFRESH);
		send(connection);
		this.server.revoke();

		assertThat(statuses(List.of(connection), 4)).containsOnly(200);

		assertThat(this.server.asked).hasSize(2);
	}

	@Test
	void configuredTokenReplacesTheStoredOne() throws Exception {
		send(connection(REFRESH));

		assertThatExceptionOfType(HttpException.class)
			.isThrownBy(() -> send(connection(REFRESH.replace("refresh-0", "refresh-x"))))
			.withMessage(
					"Connection 'shop' gets no token from %s/token, which answers with status 400: invalid_grant: used before; "
							+ "if the refresh token has expired or was used elsewhere, configure another one as auth.refresh-token",
					this.server.url());
		assertThat(send(connection(REFRESH))).isEqualTo(200);
	}

	@Test
	void tokenOfAClientIsRenewedBeforeItExpires() throws Exception {
		this.server.life = 1;
		HttpConnection connection = connection(
				", auth: { type: oauth2-client-credentials, token-url: \"URL/token\", client-id: \"m e\", client-secret: geheim, scope: \"a b\", client-in: body, parameters: { audience: x } }");
		long start = System.nanoTime();

		while (this.server.asked.size() < 2) {
			assertThat(send(connection)).isEqualTo(200);
		}

		// a fifth of its second before it expires
		assertThat(System.nanoTime() - start).isGreaterThan(700_000_000L);
		assertThat(this.server.asked)
			.allSatisfy((form) -> assertThat(form).containsEntry("grant_type", "client_credentials")
				.containsEntry("client_id", "m e")
				.containsEntry("client_secret", "geheim")
				.containsEntry("scope", "a b")
				.containsEntry("audience", "x"));
		assertThat(this.server.used).doesNotContain("none");
	}

	@Test
	void rateIsSharedByLanesAndProcesses() throws Exception {
		String limit = ", rate-limit: 20/s" + REFRESH;
		List<HttpConnection> processes = List.of(connection(limit), connection(limit));
		long start = System.nanoTime();

		statuses(processes, 10);

		// 20 requests take 19 intervals of 50 ms or more
		assertThat(System.nanoTime() - start).isGreaterThan(900_000_000L);
		assertThat(this.server.used).hasSize(20);
	}

	@Test
	void turnThatIsTooFarAwayIsLeftToTheCaller() throws Exception {
		HttpConnection connection = connection(", rate-limit: 1/h, max-wait: 1s" + REFRESH);
		send(connection);

		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(HttpRetryLaterException.class).isThrownBy(() -> send(connection))
				.satisfies((ex) -> assertThat(ex.duration()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60)));
		}
	}

	/** Sends requests by several threads for each process. */
	private static List<Integer> statuses(List<HttpConnection> processes, int each) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			List<Callable<Integer>> calls = new ArrayList<>();
			processes.forEach((process) -> {
				for (int i = 0; i < each; i++) {
					calls.add(() -> send(process));
				}
			});
			List<Integer> statuses = new ArrayList<>();
			for (Future<Integer> call : threads.invokeAll(calls)) {
				statuses.add(call.get());
			}
			return statuses;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static int send(HttpConnection connection) throws Exception {
		try (HttpAnswer answer = connection.send(HttpCall.get("/api"))) {
			return answer.status();
		}
	}

	private HttpConnection connection(String options) {
		String yaml = "deltasync.connections.shop: { type: http, url: \"URL\", allow-private: true%s }"
			.formatted(options)
			.replace("URL", this.server.url());
		return new HttpConnections(
				new ConfiguredConnections(new YamlEnvironment(yaml), List.of(new HttpConnectionType())),
				() -> this.state, (name) -> {
					throw new IllegalArgumentException(name);
				})
			.get("shop");
	}

}
